import { awsUriEncode } from "./awsUriEncode";
import { SignatureError } from "./signatureError";

/** The part of an HTTP request that a signature covers. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query exactly as they came over the wire. */
  readonly url: string;
  /** Keyed by lower-case name; a list where a header came more than once. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** SHA-256 of the body in hex, for services whose clients do not send it in `x-amz-content-sha256`. */
  readonly bodyHash?: string;
}

/**
 * The canonical request of Signature Version 4.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalRequest(
  request: SignedRequest,
  signed: { service: string; signedHeaders: readonly string[]; payloadHash: string },
): string {
  const [path = "/", query = ""] = splitOnce(request.url, "?");
  const headers = signed.signedHeaders.map((name) => `${name}:${headerValue(request, name) ?? ""}\n`);
  return [
    request.method,
    canonicalPath(path, signed.service),
    canonicalQuery(query),
    headers.join(""),
    signed.signedHeaders.join(";"),
    signed.payloadHash,
  ].join("\n");
}

/** All values of a header in canonical form, or `undefined` where it was not sent. */
export function headerValue(request: SignedRequest, name: string): string | undefined {
  // A caller may name a header `constructor`.
  const value = Object.hasOwn(request.headers, name) ? request.headers[name] : undefined;
  if (value === undefined) return undefined;
  return [value]
    .flat()
    .map((one) => one.trim().replace(/ +/g, " "))
    .join(",");
}

/** The parameters of a query, decoded, in the order they came. */
export function queryParameters(query: string): [string, string][] {
  if (query === "") return [];
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [name = "", value = ""] = splitOnce(pair, "=");
      return [decode(name.replaceAll("+", " ")), decode(value.replaceAll("+", " "))];
    });
}

/** S3 takes the path as it is, encoded once; every other service normalizes it and encodes it a second time. */
function canonicalPath(path: string, service: string): string {
  if (service === "s3") return awsUriEncode(decode(path), { keepSlash: true }) || "/";
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(awsUriEncode(segment));
  }
  const slash = path.endsWith("/") && segments.length > 0 ? "/" : "";
  return `/${segments.join("/")}${slash}`;
}

function canonicalQuery(query: string): string {
  return queryParameters(query)
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => [awsUriEncode(name), awsUriEncode(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map((pair) => pair.join("="))
    .join("&");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SignatureError("InvalidURI", "Couldn't parse the specified URI.");
  }
}
