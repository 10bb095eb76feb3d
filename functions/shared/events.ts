/** The ways an event arrives: plain JSON, a function URL (payload format 2.0), a REST API (format 1.0). */
export type EventForm = "direct" | "functionUrl" | "restApi";

/** The request that the handler gets, whatever the event's form. */
export interface Request {
  readonly form: EventForm;
  readonly method: string;
  /** Path within the endpoint: begins with `/`; repeated slashes count as one. */
  readonly path: string;
  /** Headers by lower-case name, without a prototype; several values of one header are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Gives the address by which the caller reached the endpoint, without a slash at the end; `undefined` for a direct
   * invocation.
   */
  baseUrl(): string | undefined;
  /** Gives the service that the caller had to sign the request for; `undefined` if the request was not signed. */
  signedFor(): "lambda" | "execute-api" | undefined;
  /** The event itself, which is the request of a direct invocation. */
  readonly event: unknown;
  /** Bytes of an HTTP request's body, base64-decoded; `undefined` if it has none. */
  readonly body: Buffer | undefined;
  /** Whether Lambda decoded the body as text, with U+FFFD in place of bytes that are not UTF-8. */
  readonly isText: boolean;
  /** In lower case, as `Content-Type` names it. @default utf-8 */
  readonly charset: string | undefined;
  readonly requestId: string;
  /** ms until Lambda stops the function. */
  remainingMs(): number;
  /** Fields that the handler adds to the request's log line. */
  readonly fields: Record<string, unknown>;
}

/** The handler's response, before it gets the form of the event. */
export interface Response {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** The part of AWS's context object that is used here. */
export interface LambdaContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis?(): number;
}

/**
 * One form of event: how to read a request from it. The event of a direct invocation can be anything, so every member
 * is checked before use.
 */
interface Adapter {
  readonly form: EventForm;
  /** The method, if the event has this form. */
  method(event: unknown): string | undefined;
  path(event: unknown, endpoint: string): string;
  headers(event: unknown): Record<string, string>;
  /** The part of the caller's address between the host and {@link path}. */
  prefix(event: unknown, endpoint: string): string;
  signedFor(event: unknown): ReturnType<Request["signedFor"]>;
}

const functionUrl: Adapter = {
  form: "functionUrl",
  method: (event) =>
    memberOf(event, "version") === "2.0" ? textOf(event, "requestContext", "http", "method") : undefined,
  // A document of the API has one path for both ways in: the endpoint's own.
  path: (event, endpoint) => stripPrefix(textOf(event, "rawPath") ?? "/", `/${endpoint}`),
  headers: (event) => headersOf(memberOf(event, "headers")),
  prefix: (event, endpoint) => ownPrefix(textOf(event, "rawPath") ?? "/", endpoint),
  signedFor: (event) => (memberOf(event, "requestContext", "authorizer", "iam") ? "lambda" : undefined),
};

const restApi: Adapter = {
  form: "restApi",
  method: (event) =>
    memberOf(event, "requestContext") === undefined ? undefined : textOf(event, "httpMethod"),
  // The API has one resource per endpoint; the handler's path begins after it.
  path: (event, endpoint) => stripPrefix(textOf(event, "path") ?? "/", `/${endpoint}`),
  headers: (event) => headersOf(memberOf(event, "headers"), memberOf(event, "multiValueHeaders")),
  prefix: (event, endpoint) => {
    const stage = textOf(event, "requestContext", "stage");
    return `${stage ? `/${stage}` : ""}${ownPrefix(textOf(event, "path") ?? "/", endpoint)}`;
  },
  signedFor: (event) =>
    memberOf(event, "requestContext", "identity", "accessKey") ? "execute-api" : undefined,
};

const ADAPTERS = [functionUrl, restApi];

/**
 * Reads a request from an event of any form.
 *
 * @param endpoint  Name of the endpoint: its resource on the REST API.
 */
export function readEvent(event: unknown, context: LambdaContext | undefined, endpoint: string): Request {
  const requestId = context?.awsRequestId ?? crypto.randomUUID();
  const remainingMs = () => context?.getRemainingTimeInMillis?.() ?? Number.POSITIVE_INFINITY;
  const adapter = ADAPTERS.find(({ method }) => method(event) !== undefined);
  if (adapter === undefined) {
    return {
      form: "direct",
      method: "POST",
      path: "/",
      headers: {},
      baseUrl: () => undefined,
      signedFor: () => undefined,
      event,
      body: undefined,
      isText: true,
      charset: undefined,
      requestId,
      remainingMs,
      fields: {},
    };
  }
  const headers = adapter.headers(event);
  const body = textOf(event, "body") || undefined;
  const isText = !memberOf(event, "isBase64Encoded");
  return {
    form: adapter.form,
    method: (adapter.method(event) ?? "").toUpperCase(),
    path: withSingleSlashes(`/${adapter.path(event, endpoint)}`),
    headers,
    baseUrl: () => {
      const protocol = headers["x-forwarded-proto"] ?? "https";
      return headers.host && `${protocol}://${headers.host}${adapter.prefix(event, endpoint)}`;
    },
    signedFor: () => adapter.signedFor(event),
    event,
    body: body === undefined ? undefined : Buffer.from(body, isText ? "utf8" : "base64"),
    isText,
    charset: /;\s*charset="?([\w.:-]{1,40})/i.exec(headers["content-type"] ?? "")?.[1]?.toLowerCase(),
    requestId,
    remainingMs,
    fields: {},
  };
}

/**
 * Writes a response in the form of the request's event.
 *
 * @param more  Headers beside the response's own.
 */
export function writeResponse(
  response: Response,
  more: Readonly<Record<string, string>>,
  { form, requestId }: Pick<Request, "form" | "requestId">,
): unknown {
  const isText = typeof response.body === "string";
  const body =
    typeof response.body === "string" ? response.body : Buffer.from(response.body).toString("base64");
  if (form === "direct") return { statusCode: response.status, body };
  const headers = Object.assign({}, response.headers, more, { "x-request-id": requestId });
  return { statusCode: response.status, headers, body, isBase64Encoded: !isText };
}

/**
 * Reads the keys of the objects that a notification of S3 is about.
 *
 * @returns  Each key once, decoded; `undefined` if the event is no notification.
 */
export function notifiedKeys(event: unknown): readonly string[] | undefined {
  const records = memberOf(event, "Records");
  if (!Array.isArray(records)) return undefined;
  const keys = new Set<string>();
  for (const record of records) {
    const key = decodedKey(textOf(record, "s3", "object", "key"));
    if (key === undefined) return undefined;
    keys.add(key);
  }
  return [...keys];
}

/** S3 encodes keys like form fields: a space becomes a plus sign. */
function decodedKey(key: string | undefined): string | undefined {
  try {
    return key === undefined || key === "" ? undefined : decodeURIComponent(key.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

/** Gets the member at a path of names; `undefined` if the event has no such own member. */
export function memberOf(event: unknown, ...path: string[]): unknown {
  let value = event;
  for (const name of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value ?? undefined;
}

function textOf(event: unknown, ...path: string[]): string | undefined {
  const value = memberOf(event, ...path);
  return typeof value === "string" ? value : undefined;
}

/** Reads headers; those with several values, given too, are joined. */
function headersOf(single: unknown, multiple?: unknown): Record<string, string> {
  // Names come from callers: without a prototype none of them has another meaning.
  const headers: Record<string, string> = Object.create(null);
  for (const name of Object.keys(single ?? {})) {
    const value = (single as Record<string, unknown>)[name];
    if (typeof value === "string") headers[name.toLowerCase()] = value;
  }
  for (const [name, values] of Object.entries(multiple ?? {})) {
    if (Array.isArray(values)) {
      headers[name.toLowerCase()] = values.filter((value) => typeof value === "string").join(",");
    }
  }
  return headers;
}

/** Gives the endpoint's own resource, where a path begins with it. */
function ownPrefix(path: string, endpoint: string): string {
  const own = `/${endpoint}`;
  return stripPrefix(path, own) === path ? "" : own;
}

function stripPrefix(path: string, prefix: string): string {
  const collapsed = withSingleSlashes(path);
  if (collapsed === prefix) return "/";
  return collapsed.startsWith(`${prefix}/`) ? collapsed.slice(prefix.length) : collapsed;
}

function withSingleSlashes(path: string): string {
  return path.includes("//") ? path.replace(/\/{2,}/g, "/") : path;
}
