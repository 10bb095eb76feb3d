import { matchesWildcard } from "../iam/matchesWildcard";
import { S3Error } from "./s3Error";
import type { CorsRule } from "./store/bucketConfiguration";
import type { BucketStore } from "./store/bucketStore";
import type { Answer } from "./wire/answer";
import type { S3Request } from "./wire/s3Request";

/**
 * Answers a browser's preflight as the bucket's CORS rules say.
 * @throws S3Error AccessForbidden where no rule lets it pass
 */
export function preflight(request: S3Request, bucket: BucketStore | undefined): Answer {
  const method = request.header("access-control-request-method");
  if (!request.header("origin") || !method) {
    throw new S3Error("InvalidRequest", "Insufficient information. Origin request header needed.");
  }
  const headers = corsHeaders(request, bucket, method);
  if (!headers) throw new S3Error("AccessForbidden", undefined, { Method: method, ResourceType: "OBJECT" });
  const requested = request.header("access-control-request-headers");
  return {
    headers: { ...headers, "access-control-allow-headers": requested?.toLowerCase(), "content-length": 0 },
  };
}

/** Headers for the answer to a browser's request; `undefined` where it is none or no rule lets it pass. */
export function corsHeaders(
  request: S3Request,
  bucket: BucketStore | undefined,
  method = request.method,
): Readonly<Record<string, string | undefined>> | undefined {
  const origin = request.header("origin");
  if (!origin) return undefined;
  const requested = (request.header("access-control-request-headers") ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  const rule = bucket?.configuration.corsRules?.find((one) => allows(one, origin, method, requested));
  if (!rule) return undefined;
  const anyone = rule.AllowedOrigins?.includes("*") ?? false;
  return {
    "access-control-allow-origin": anyone ? "*" : origin,
    "access-control-allow-methods": rule.AllowedMethods?.join(", "),
    "access-control-allow-credentials": anyone ? undefined : "true",
    "access-control-expose-headers": rule.ExposeHeaders?.join(", ") || undefined,
    "access-control-max-age": rule.MaxAgeSeconds?.toString(),
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
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
