import path from "node:path";
import { Services } from "../../local/cloud/services";
import { freePorts } from "../helpers/cloud/freePorts";
import { zipFunction } from "../helpers/services/zipFunction";

/** Takes a folder. Serves S3, Lambda's API, the SageMaker runtime and a function URL; prints their addresses, and ends with its input. */
async function main(): Promise<void> {
  const [, , dataDir = ""] = process.argv;
  const basePort = await freePorts();
  const services = new Services({ dataDir, basePort, region: "us-east-1" });
  await services.start();
  const archive = await zipFunction(path.join(dataDir, "f.zip"), {
    "index.js": "exports.handler = async () => ({ statusCode: 200, body: 'called' });",
  });
  const { lambda, gateway } = services.cloud;
  await lambda.putFunction({
    functionName: "f",
    role: "arn:aws:iam::123456789012:role/test",
    runtime: "nodejs22.x",
    handler: "index.handler",
    code: { archive },
    layers: [],
    environment: {},
    memorySize: 128,
    timeout: 10,
    logGroup: "/aws/lambda/f",
    logFormat: "Text",
  });
  for (const action of ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"]) {
    lambda.addPermission("f", { statementId: action.replace(":", "-"), action, principal: "*" });
  }
  const config = { urlId: "f", functionName: "f", authorizationType: "NONE" } as const;
  const url = await gateway.putFunctionUrl(config, `http://127.0.0.1:${basePort + 10}`);
  const { s3Endpoint, lambdaEndpoint } = services.outputs;
  process.stdout.write(
    `${JSON.stringify({ s3Endpoint, lambdaEndpoint, sageMaker: `http://127.0.0.1:${basePort + 3}`, url })}\n`,
  );
  process.stdin.resume().once("end", () => void services.close().then(() => process.exit(0)));
}

void main();
