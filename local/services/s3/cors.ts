import { matchesWildcard } from "../iam/matchesWildcard";
import { S3Error } from "./s3Error";
import type { CorsRule } from "./store/bucketConfiguration";
import type { BucketStore } from "./store/bucketStore";
import type { S3Response } from "./wire/response";
import type { S3Request } from "./wire/s3Request";

/**
 * Responds to a browser's preflight as the bucket's CORS rules say.
 *
 * @throws S3Error  AccessForbidden: no rule allows it.
 */
export function preflight(request: S3Request, bucket: BucketStore | undefined): S3Response {
  const origin = request.header("origin");
  const method = request.header("access-control-request-method");
  if (origin === undefined) {
    throw new S3Error("BadRequest", { message: "Insufficient information. Origin request header needed." });
  }
  const shownMethod = method ?? "OPTIONS";
  if (!bucket) throw forbidden("Bucket not found", shownMethod, "BUCKET");
  if (!bucket.configuration.corsRules) {
    throw forbidden("CORS is not enabled for this bucket.", shownMethod, "BUCKET");
  }
  if (method === undefined) {
    throw new S3Error("BadRequest", {
      message: "Invalid Access-Control-Request-Method: null",
    });
  }
  const headers = corsHeaders(request, bucket);
  if (!headers) {
    throw forbidden(
      "This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
      method,
      request.key === undefined ? "BUCKET" : "OBJECT",
    );
  }
  const requested = requestedHeaders(request).join(", ") || undefined;
  return { headers: { ...headers, "access-control-allow-headers": requested } };
}

function forbidden(reason: string, method: string, resource: string): S3Error {
  return new S3Error("AccessForbidden", {
    message: `CORSResponse: ${reason}`,
    details: { Method: method.slice(0, 100), ResourceType: resource },
  });
}

/** Headers for the response to a browser's request; `undefined` for other clients, and where no rule allows it. */
export function corsHeaders(
  request: S3Request,
  bucket: BucketStore | undefined,
): Readonly<Record<string, string | undefined>> | undefined {
  const origin = request.header("origin");
  if (!origin) return undefined;
  // As recorded: a request that is no preflight may ask for another method, too.
  const method = request.header("access-control-request-method") ?? request.method;
  const requested = requestedHeaders(request);
  const rule = bucket?.configuration.corsRules?.find((one) => allows(one, origin, method, requested));
  if (!rule) return undefined;
  const isForAnyone = rule.AllowedOrigins?.includes("*") ?? false;
  return {
    "access-control-allow-origin": isForAnyone ? "*" : origin,
    "access-control-allow-methods": rule.AllowedMethods?.join(", "),
    "access-control-allow-credentials": isForAnyone ? undefined : "true",
    "access-control-expose-headers": rule.ExposeHeaders?.join(", ") || undefined,
    "access-control-max-age": rule.MaxAgeSeconds?.toString(),
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
}

function requestedHeaders(request: S3Request): string[] {
  return (request.header("access-control-request-headers") ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
}

function allows(
  { AllowedOrigins = [], AllowedMethods = [], AllowedHeaders = [] }: CorsRule,
  origin: string,
  method: string,
  headers: readonly string[],
): boolean {
  return (
    AllowedOrigins.some((pattern) => matchesWildcard(pattern, origin)) &&
    AllowedMethods.includes(method) &&
    headers.every((name) => AllowedHeaders.some((pattern) => matchesWildcard(pattern.toLowerCase(), name)))
  );
}
