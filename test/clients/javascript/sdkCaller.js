// A function that calls another one by the SDK, with no setting of its own.
const { InvokeCommand, LambdaClient } = require("@aws-sdk/client-lambda");

const client = new LambdaClient();
exports.handler = async ({ body }) => {
  const { functionName, payload } = JSON.parse(body);
  const { Payload, ExecutedVersion } = await client.send(
    new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(payload) }),
  );
  return { payload: JSON.parse(Buffer.from(Payload)), version: ExecutedVersion };
};
