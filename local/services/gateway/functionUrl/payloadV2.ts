import { endToEndHeaders, type HttpRequest, headerValue, parseQuery } from "../../../http/message";
import type { Caller } from "../../iam/accessKeys";
import { requestTime, withForwardedHeaders } from "../requestParts";

/** The event's members about the URL, beside the request. */
export interface UrlContext {
  readonly urlId: string;
  readonly region: string;
  readonly requestId: string;
  readonly traceId: string;
  readonly time: Date;
  /** The caller, with `AWS_IAM`. */
  readonly caller?: Caller;
}

/** No TLS is spoken here: what AWS's own example of the event has. */
const TLS = [
  ["x-amzn-tls-cipher-suite", "ECDHE-RSA-AES128-GCM-SHA256"],
  ["x-amzn-tls-version", "TLSv1.2"],
] as const;

/**
 * The event of a function URL, payload format 2.0. The path stays percent-encoded, as function URLs (unlike HTTP
 * APIs) leave it; what the request does not have is absent.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export function payloadV2(request: HttpRequest, url: UrlContext): Record<string, unknown> {
  const text = isText(headerValue(request.headers, "content-type"));
  const cookies = request.headers
    .filter(([name]) => name.toLowerCase() === "cookie")
    .flatMap(([, value]) => value.split(/;\s*/))
    .filter((cookie) => cookie !== "");
  const domainName = `${url.urlId}.lambda-url.${url.region}.on.aws`;
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: request.rawPath,
    rawQueryString: request.rawQuery,
    ...(cookies.length > 0 && { cookies }),
    headers: joined([
      ...withForwardedHeaders(endToEndHeaders(request.headers), request, url.traceId),
      ...TLS,
    ]),
    ...(request.rawQuery !== "" && {
      queryStringParameters: joined(parseQuery(request.rawQuery), (name) => name),
    }),
    requestContext: {
      accountId: url.caller?.accountId ?? "anonymous",
      apiId: url.urlId,
      ...(url.caller && {
        authentication: null,
        authorizer: {
          iam: {
            accessKey: url.caller.accessKey,
            accountId: url.caller.accountId,
            callerId: url.caller.userId,
            cognitoIdentity: null,
            principalOrgId: null,
            userArn: url.caller.userArn,
            userId: url.caller.userId,
          },
        },
      }),
      domainName,
      domainPrefix: url.urlId,
      http: {
        method: request.method,
        path: request.rawPath,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: headerValue(request.headers, "user-agent") ?? null,
      },
      requestId: url.requestId,
      routeKey: "$default",
      stage: "$default",
      time: requestTime(url.time),
      timeEpoch: url.time.getTime(),
    },
    ...(request.body.length > 0 && { body: request.body.toString(text ? "utf8" : "base64") }),
    isBase64Encoded: request.body.length > 0 && !text,
  };
}

/**
 * The media types whose bodies arrive as text; all others, `application/x-www-form-urlencoded` and none at all
 * included, arrive base64-encoded. AWS documents no list: this is what was observed there.
 * @see https://github.com/ministackorg/ministack/pull/766
 */
function isText(contentType: string | undefined): boolean {
  const type = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  return type.startsWith("text/") || /^application\/(json|xml|javascript)$/.test(type);
}

/** Repeated names become one, their values joined by commas, those of cookies as cookies are. */
function joined(
  pairs: Iterable<readonly [string, string]>,
  keyOf = (name: string) => name.toLowerCase(),
): Record<string, string> {
  // A map takes `__proto__` for a name like any other.
  const result = new Map<string, string>();
  for (const [name, value] of pairs) {
    const key = keyOf(name);
    const before = result.get(key);
    result.set(key, before === undefined ? value : `${before}${key === "cookie" ? "; " : ","}${value}`);
  }
  return Object.fromEntries(result);
}
