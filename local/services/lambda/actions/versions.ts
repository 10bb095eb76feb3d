import { AwsError } from "../../../http/awsError";
import { type HttpRequest, jsonResponse } from "../../../http/message";
import { describeFunction } from "../describeFunction";
import type { ActionResult, ActionServices, LambdaCall } from "./action";
import { qualifierIn } from "./authorizeCall";
import { describeAlias } from "./reads";

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html */
export function listVersionsByFunction({ nameOrArn }: LambdaCall, { service }: ActionServices): ActionResult {
  const { functionName, versions } = service.find(nameOrArn, undefined);
  const Versions = versions.map((version) =>
    describeFunction(version, service.functionArn(functionName, version.version)),
  );
  return { response: jsonResponse(200, { Versions }), functionName };
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html */
export function getAlias(call: LambdaCall, { service }: ActionServices): ActionResult {
  const { functionName, alias } = aliasIn(call, service);
  const response = jsonResponse(200, describeAlias(alias, service.functionArn(functionName, alias.name)));
  return { response, functionName };
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html */
export function updateAlias(call: LambdaCall, services: ActionServices): ActionResult {
  const { functionName, alias } = aliasIn(call, services.service);
  const { FunctionVersion, RoutingConfig } = bodyOf(call.request);
  const weights = (RoutingConfig as { AdditionalVersionWeights?: Record<string, number> } | undefined)
    ?.AdditionalVersionWeights;
  services.service.putAlias(functionName, {
    ...alias,
    ...(typeof FunctionVersion === "string" && { functionVersion: FunctionVersion }),
    ...(weights && { additionalVersionWeights: weights }),
  });
  return getAlias(call, services);
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html */
export function deleteVersion({ nameOrArn, request }: LambdaCall, { service }: ActionServices): ActionResult {
  const { functionName, qualifier } = service.nameOf(nameOrArn, qualifierIn(request));
  if (qualifier === undefined || !/^\d+$/.test(qualifier)) {
    const message = "The local Lambda API deletes versions only; functions are the program's.";
    throw new AwsError("InvalidParameterValueException", 400, message);
  }
  service.deleteVersion(functionName, qualifier);
  return { response: { status: 204, headers: [], body: Buffer.alloc(0) }, functionName };
}

function aliasIn({ nameOrArn, name = "" }: LambdaCall, service: ActionServices["service"]) {
  const { functionName, aliases } = service.find(nameOrArn, undefined);
  const alias = aliases.find((one) => one.name === name);
  if (alias) return { functionName, alias };
  const arn = service.functionArn(functionName, name);
  throw new AwsError("ResourceNotFoundException", 404, `Cannot find alias arn: ${arn}`);
}

/** @throws AwsError  400 */
function bodyOf({ body }: HttpRequest): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(body.toString() || "{}"));
  } catch (cause) {
    throw new AwsError("InvalidRequestContentException", 400, "The request is not JSON", { cause });
  }
}
