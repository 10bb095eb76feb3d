import { AwsError } from "../../../http/awsError";
import { type HttpRequest, jsonResponse, parseQuery } from "../../../http/message";
import {
  describeActiveFunction,
  describeCodeLocation,
  describeFunction,
  revisionId,
} from "../describeFunction";
import type { FunctionAlias } from "../functionRecord";
import { validationException } from "../violation";
import type { ActionResult, ActionServices, LambdaCall } from "./action";
import { qualifierIn } from "./authorizeCall";

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
export function listFunctions({ request }: LambdaCall, { service }: ActionServices): ActionResult {
  const version = queryOf(request).get("FunctionVersion");
  if (version !== undefined && version !== "ALL") {
    const constraint = "satisfy enum value set: [ALL]";
    throw validationException({ member: "functionVersion", value: version, constraint });
  }
  const listed = service.list().flatMap(({ latest, versions }) => {
    const all = version === "ALL" ? [latest, ...versions.values()] : [latest];
    return all.map((one) => {
      const { functionName } = one.configuration;
      // With its version only where all are asked for, as recorded.
      return describeFunction(one, service.functionArn(functionName, version && one.version));
    });
  });
  const { items, next } = pageOf(listed, request, 50);
  return ok({ Functions: items, ...next });
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
export function getFunction({ nameOrArn, request }: LambdaCall, { service }: ActionServices): ActionResult {
  const { version, arn, reservedConcurrency } = service.find(nameOrArn, qualifierIn(request));
  const { functionName, tags } = version.configuration;
  return ok(
    {
      Configuration: describeActiveFunction(version, arn),
      Code: describeCodeLocation(version.configuration.code),
      ...(Object.keys(tags ?? {}).length > 0 && { Tags: tags }),
      ...(reservedConcurrency !== undefined && {
        Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
      }),
    },
    functionName,
  );
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export function getFunctionConfiguration(
  { nameOrArn, request }: LambdaCall,
  { service }: ActionServices,
): ActionResult {
  const { version, arn } = service.find(nameOrArn, qualifierIn(request));
  return ok(describeActiveFunction(version, arn), version.configuration.functionName);
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html */
export function listAliases({ nameOrArn, request }: LambdaCall, { service }: ActionServices): ActionResult {
  const { functionName, aliases } = service.find(nameOrArn, undefined);
  const version = queryOf(request).get("FunctionVersion");
  const listed = aliases
    .filter((alias) => version === undefined || alias.functionVersion === version)
    .map((alias) => describeAlias(alias, service.functionArn(functionName, alias.name)));
  const { items, next } = pageOf(listed, request, 50);
  return ok({ Aliases: items, ...next }, functionName);
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionUrlConfig.html */
export function getFunctionUrlConfig(
  { nameOrArn, request }: LambdaCall,
  { service, functionUrls }: ActionServices,
): ActionResult {
  const { functionName, qualifier } = service.nameOf(nameOrArn, qualifierIn(request));
  const url = functionUrls.find(functionName, qualifier);
  if (!url) {
    throw new AwsError("ResourceNotFoundException", 404, "The resource you requested does not exist.");
  }
  return ok(
    {
      FunctionUrl: `${url.address}/`,
      FunctionArn: service.functionArn(functionName, qualifier),
      AuthType: url.authorizationType,
      CreationTime: url.created,
      LastModifiedTime: url.lastModified,
      ...(url.cors && { Cors: capitalized(url.cors) }),
      InvokeMode: "BUFFERED",
    },
    functionName,
  );
}

export function describeAlias(alias: FunctionAlias, arn: string): object {
  const weights = alias.additionalVersionWeights ?? {};
  return {
    AliasArn: arn,
    Name: alias.name,
    FunctionVersion: alias.functionVersion,
    Description: alias.description ?? "",
    RevisionId: revisionId([alias]),
    ...(Object.keys(weights).length > 0 && { RoutingConfig: { AdditionalVersionWeights: weights } }),
  };
}

function ok(body: object, functionName?: string): ActionResult {
  return { response: jsonResponse(200, body), ...(functionName !== undefined && { functionName }) };
}

function queryOf({ rawQuery }: HttpRequest): Map<string, string> {
  return new Map(parseQuery(rawQuery));
}

/** The page that a request asks for; its marker is where the next one begins. */
function pageOf<Item>(items: readonly Item[], request: HttpRequest, most: number) {
  const query = queryOf(request);
  const start = Number(query.get("Marker") ?? 0) || 0;
  const end = start + Math.min(Number(query.get("MaxItems")) || most, most);
  return { items: items.slice(start, end), next: end < items.length ? { NextMarker: String(end) } : {} };
}

function capitalized(object: object): object {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
}
