import {
  endToEndHeaders,
  type HttpHeader,
  type HttpRequest,
  headerValue,
  parseQuery,
} from "../../../http/message";
import type { Caller } from "../../iam/accessKeys";
import { requestTime, withForwardedHeaders } from "../requestParts";
import { matchesMediaType } from "./matchesMediaType";
import type { RouteMatch } from "./matchRoute";
import type { ServedStage } from "./restApi";

/** The event's members beside the request. */
export interface RestContext {
  readonly served: ServedStage;
  readonly match: RouteMatch;
  /** Path behind the stage, percent-encoded. */
  readonly path: string;
  readonly region: string;
  readonly accountId: string;
  readonly requestId: string;
  readonly extendedRequestId: string;
  readonly traceId: string;
  readonly time: Date;
  readonly caller?: Caller;
}

/**
 * The event of a Lambda proxy integration of a REST API, payload format 1.0. Paths and path parameters stay
 * percent-encoded, nearly all header names as sent; what the request does not have is `null`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function payloadV1(request: HttpRequest, context: RestContext): Record<string, unknown> {
  const { served, match, caller } = context;
  const { stage, deployment } = served;
  const binary = matchesMediaType(
    deployment.api.binaryMediaTypes,
    headerValue(request.headers, "content-type") ?? "application/json",
  );
  const headers = withForwardedHeaders(
    endToEndHeaders(request.headers)
      .filter(([name]) => !DROPPED.test(name))
      .map(named),
    request,
    context.traceId,
  );
  const query = parseQuery(request.rawQuery);
  const { route, pathParameters } = match;
  return {
    resource: route.path,
    path: context.path.replace(/^\/+/, "/"),
    httpMethod: request.method,
    headers: lastValues(headers),
    multiValueHeaders: allValues(headers),
    queryStringParameters: query.length > 0 ? lastValues(query) : null,
    multiValueQueryStringParameters: query.length > 0 ? allValues(query) : null,
    pathParameters: Object.keys(pathParameters).length > 0 ? pathParameters : null,
    stageVariables: stage.variables && Object.keys(stage.variables).length > 0 ? stage.variables : null,
    requestContext: {
      resourceId: route.resourceId,
      resourcePath: route.path,
      httpMethod: request.method,
      extendedRequestId: context.extendedRequestId,
      requestTime: requestTime(context.time),
      path: `/${stage.stageName}${context.path}`,
      accountId: context.accountId,
      protocol: request.protocol,
      stage: stage.stageName,
      domainPrefix: deployment.api.id,
      requestTimeEpoch: context.time.getTime(),
      requestId: context.requestId,
      identity: {
        cognitoIdentityPoolId: null,
        accountId: caller?.accountId ?? null,
        cognitoIdentityId: null,
        caller: caller?.userId ?? null,
        sourceIp: request.sourceIp,
        principalOrgId: null,
        accessKey: caller?.accessKey ?? null,
        cognitoAuthenticationType: null,
        cognitoAuthenticationProvider: null,
        userArn: caller?.userArn ?? null,
        userAgent: headerValue(request.headers, "user-agent") ?? null,
        user: caller?.userId ?? null,
      },
      domainName: `${deployment.api.id}.execute-api.${context.region}.amazonaws.com`,
      deploymentId: deployment.id,
      apiId: deployment.api.id,
    },
    body: request.body.length > 0 ? request.body.toString(binary ? "base64" : "utf8") : null,
    isBase64Encoded: request.body.length > 0 && binary,
  };
}

/**
 * Headers that API Gateway keeps to itself, as recorded.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const DROPPED =
  /^(content-length|content-md5|expect|max-forwards|proxy-authenticate|server|te|trailer|upgrade|www-authenticate)$/i;

/** A header under the name that API Gateway gives it, as recorded for `Authorization` sent in any case. */
function named([name, value]: HttpHeader): HttpHeader {
  const known = ["Authorization", "Host", "User-Agent"].find(
    (own) => own.toLowerCase() === name.toLowerCase(),
  );
  return [known ?? name, value];
}

function lastValues(pairs: Iterable<readonly [string, string]>): Record<string, string> {
  return Object.fromEntries(pairs);
}

function allValues(pairs: Iterable<readonly [string, string]>): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const list = values.get(name);
    if (list) list.push(value);
    else values.set(name, [value]);
  }
  return Object.fromEntries(values);
}
