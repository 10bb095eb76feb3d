import type { OpenApiDocument, Operation } from "../../../bin/lib/openapi/document";
import { differenceFrom } from "../../helpers/openapi/checkResponse";
import type { Input } from "./inputs";

/** Bytes of an error. */
const MAX_ERROR_BYTES = 64 * 1024;

/** Statuses of requests that no operation of the document describes: another path or method. */
const UNDESCRIBED = [200, 204, 400, 404, 405];

/** Something else than the caller's mistake, in a process where nothing fails. */
const NEVER = [500, 502, 503, 504];

/** Message of image-validation for a host without an address, or of this machine, where nothing listens on port 80. */
const UNREACHABLE = /could not be fetched \((ENOTFOUND|EAI_AGAIN|EINVAL|ECONNREFUSED)\)/;

/**
 * Finds the promise that a response breaks.
 *
 * @param endpoint  Its name.
 * @returns         In words; `undefined` if there is none.
 */
export function brokenPromise(
  document: OpenApiDocument,
  endpoint: string,
  { way, request }: Input,
  response: unknown,
): string | undefined {
  if (endpoint === "breast-cancer" && !isHttp(response)) return brokenBare(response);
  if (!isHttp(response))
    return `answers ${JSON.stringify(response)?.slice(0, 100)}, which is not {statusCode, body}`;
  const { statusCode: status, body, headers, isBase64Encoded } = response;
  if (NEVER.includes(status) && !UNREACHABLE.test(body)) return `answers ${status} ${body.slice(0, 200)}`;
  if (status >= 400 && Buffer.byteLength(body) > MAX_ERROR_BYTES) {
    return `answers ${status} with ${Buffer.byteLength(body)} bytes`;
  }
  if (/node_modules|\.ts:\d|\.cc:\d|onnxruntime::/.test(body))
    return `tells of its source: ${body.slice(0, 200)}`;
  if (way === "direct" || request === undefined) {
    const known = knownStatuses(document, endpoint);
    return known.includes(status) ? undefined : `answers ${status} ${body.slice(0, 200)}`;
  }
  const operation = operationOf(
    document,
    endpoint,
    request.path ?? "/",
    (request.method ?? "POST").toUpperCase(),
  );
  if (operation === undefined) {
    return UNDESCRIBED.includes(status) ? undefined : `answers ${status} ${body.slice(0, 200)}`;
  }
  const contentType = headers?.["content-type"] ?? "";
  return differenceFrom(document, operation, {
    status,
    contentType,
    body: isBase64Encoded ? Buffer.from(body, "base64").toString() : body,
  });
}

function knownStatuses({ paths }: OpenApiDocument, endpoint: string): number[] {
  const own = Object.values(paths).flatMap(({ post, get }) =>
    [post, get].filter((operation) => operation?.tags.includes(endpoint)),
  );
  return [...UNDESCRIBED, ...own.flatMap((operation) => Object.keys(operation?.responses ?? {}).map(Number))];
}

/** The operation that a request is one of. */
function operationOf(
  { paths }: OpenApiDocument,
  endpoint: string,
  path: string,
  method: string,
): Operation | undefined {
  const within = path.replace(/\/{2,}/g, "/").replace(/(?<=.)\/$/, "");
  const full = endpoint === "open-inference" ? within : `/${endpoint}${within === "/" ? "" : within}`;
  const item = Object.entries(paths).find(([template]) =>
    new RegExp(`^${template.replace("{name}", "[\\w.-]{1,128}").replace("{version}", "\\d{1,18}")}$`).test(
      full,
    ),
  )?.[1];
  return method === "POST" ? item?.post : method === "GET" ? item?.get : undefined;
}

interface HttpResult {
  readonly statusCode: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly isBase64Encoded?: boolean;
}

function isHttp(response: unknown): response is HttpResult {
  if (typeof response !== "object" || response === null) return false;
  const { statusCode, body } = response as Partial<HttpResult>;
  return Number.isInteger(statusCode) && typeof body === "string";
}

/** The result that `breast-cancer` returns to a direct invocation. */
function brokenBare(response: unknown): string | undefined {
  const keys = typeof response === "object" && response !== null ? Object.keys(response) : [];
  const { status } = (response ?? {}) as { status?: unknown };
  if (keys.join() !== "reason,prediction,status") return `answers ${JSON.stringify(response)?.slice(0, 100)}`;
  return status === "200" || status === "400" || status === "405" || status === "404" || status === "413"
    ? undefined
    : `answers the status ${status}`;
}
