import { AwsError } from "../../http/awsError";
import { type HttpResponse, jsonResponse, type StreamedResponse } from "../../http/message";
import { logicalName } from "../../resources/logicalName";
import { nearest } from "../../resources/nearest";
import { qualifiedName } from "../../services/lambda/parseFunctionName";
import { type ApiCall, readJson, writeJson } from "../apiCall";
import type { Replayed } from "../apiTypes";
import { invocationOf } from "../requestLog";
import type { Stack } from "../stack";

/** `GET /api/requests`: the kept requests, then each as it comes, a JSON object a line. */
export function streamRequests({ requests }: ApiCall): StreamedResponse {
  return {
    status: 200,
    headers: [
      ["content-type", "application/x-ndjson"],
      ["cache-control", "no-store"],
    ],
    body: requests.stream(),
  };
}

/** `GET /api/requests/ID`: one of them with its event, response and log lines. */
export function getRequest({ requests, parameters: [id = ""] }: ApiCall): HttpResponse {
  const found = requests.find(id);
  if (found === undefined)
    throw new AwsError("NotFound", 404, "This request is not kept any more: only the last ones are.");
  return jsonResponse(200, found);
}

/**
 * `POST /api/replay`: invokes a function with an event, `{functionName, event}` with the logical name; a JSON event of any
 * origin, such as one recorded on AWS.
 */
export async function replay({ body, stack }: ApiCall): Promise<HttpResponse> {
  const { functionName, event } = await readJson(body);
  if (typeof functionName !== "string" || event === undefined) {
    throw new AwsError(
      "BadRequest",
      400,
      "A replay is {functionName, event}: a function's name, and any JSON.",
    );
  }
  const { configuration, qualifier } = functionOf(stack, functionName);
  const started = performance.now();
  const payload = Buffer.from(writeJson(event));
  const result = await stack.cloud.lambda.invoke(configuration.functionName, qualifier, payload);
  stack.report({
    via: "invoke",
    method: "Invoke",
    path: qualifiedName(configuration.functionName, qualifier),
    status: result.statusCode,
    durationMs: performance.now() - started,
    functionName: configuration.functionName,
    invocation: result.report,
  });
  return jsonResponse(200, {
    payload: result.payload.toString("utf8"),
    ...(result.functionError && { functionError: result.functionError }),
    log: result.report.exchange.log,
    invocation: invocationOf(result.report),
  } satisfies Replayed);
}

/** The function, and the alias that its callers use, if it has one. @throws AwsError */
function functionOf({ cloud }: Stack, name: string) {
  const functions = cloud.lambda.list();
  const found = functions.find(({ latest }) => logicalName(latest.configuration.functionName) === name);
  if (found !== undefined) {
    return { configuration: found.latest.configuration, qualifier: [...found.aliases.keys()][0] };
  }
  const names = functions.map(({ latest }) => logicalName(latest.configuration.functionName));
  throw new AwsError(
    "NotFound",
    404,
    `There is no function "${name.slice(0, 100)}"${nearest(name, names)}: ${names.join(", ")}.`,
  );
}
