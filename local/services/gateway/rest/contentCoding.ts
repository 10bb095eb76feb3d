import { deflateSync, gunzipSync, gzipSync, inflateSync } from "node:zlib";
import { type HttpRequest, type HttpResponse, headerValue } from "../../../http/message";

/** The content codings that API Gateway knows. */
const CODINGS = {
  gzip: { encode: gzipSync, decode: gunzipSync },
  deflate: { encode: deflateSync, decode: inflateSync },
};

/** The largest request that API Gateway takes, decompressed as well. */
const MAX_BYTES = 10 * 1024 * 1024;

/**
 * Decompresses a request's body; `undefined` for a coding that API Gateway does not know, and for a body in another one.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-make-request-with-compressed-payload.html
 */
export function decompress(request: HttpRequest): HttpRequest | undefined {
  const name = headerValue(request.headers, "content-encoding")?.toLowerCase() ?? "identity";
  if (name === "identity") return request;
  if (!isCoding(name)) return undefined;
  const headers = request.headers.filter(([header]) => header.toLowerCase() !== "content-encoding");
  try {
    return { ...request, headers, body: CODINGS[name].decode(request.body, { maxOutputLength: MAX_BYTES }) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_BUFFER_TOO_LARGE") return undefined;
    return { ...request, headers, body: Buffer.alloc(0), tooLarge: true };
  }
}

/**
 * Compresses a response of at least `minimumBytes` in the coding that the caller prefers, if API Gateway knows it; one
 * that has a coding already stays as it is.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-receive-response-with-compressed-payload.html
 */
export function compress(
  response: HttpResponse,
  { headers }: HttpRequest,
  minimumBytes: number,
): HttpResponse {
  const name = preferredCoding(headerValue(headers, "accept-encoding") ?? "");
  if (!isCoding(name) || response.body.length < minimumBytes) return response;
  if (headerValue(response.headers, "content-encoding") !== undefined) return response;
  return {
    ...response,
    headers: [...response.headers, ["Content-Encoding", name]],
    body: CODINGS[name].encode(response.body),
  };
}

/** The first of the codings with the highest quality. */
function preferredCoding(accepted: string): string {
  let best = { name: "", quality: 0 };
  for (const entry of accepted.split(",")) {
    const [name = "", ...parameters] = entry.split(";").map((part) => part.trim().toLowerCase());
    const quality = Number(parameters.find((one) => one.startsWith("q="))?.slice(2) ?? 1);
    if (quality > best.quality) best = { name, quality };
  }
  return best.name;
}

function isCoding(name: string): name is keyof typeof CODINGS {
  return Object.hasOwn(CODINGS, name);
}
