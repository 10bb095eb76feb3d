import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import type { CardSample } from "../../../functions/shared/card";

/**
 * Asks one version of an endpoint's function for its card's samples, as its URL would, whatever the alias names.
 *
 * @returns  A line for each sample that it does not answer as the card says.
 */
export async function verifyVersion(
  lambda: LambdaClient,
  functionName: string,
  version: string,
  samples: readonly CardSample[],
): Promise<string[]> {
  const faults: string[] = [];
  for (const { path = "/", request, answer } of samples) {
    const event = {
      version: "2.0",
      rawPath: path,
      headers: { "content-type": "application/json" },
      requestContext: { http: { method: "POST", path } },
      body: JSON.stringify(request),
    };
    const { Payload = new Uint8Array(), FunctionError } = await lambda.send(
      new InvokeCommand({ FunctionName: functionName, Qualifier: version, Payload: JSON.stringify(event) }),
    );
    const { statusCode, body } = JSON.parse(Buffer.from(Payload).toString() || "{}");
    const isRight = statusCode === answer.status && (answer.body === undefined || body === answer.body);
    if (FunctionError !== undefined || !isRight) {
      faults.push(
        `${path}: ${FunctionError ?? `status ${statusCode}`}, not ${answer.status} as the card says`,
      );
    }
  }
  return faults;
}
