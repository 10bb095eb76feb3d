import { randomUUID } from "node:crypto";

/** The ways an event comes in: plain JSON, a function URL (payload format 2.0), a REST API (format 1.0). */
export type EventForm = "direct" | "functionUrl" | "restApi";

/** What the handler sees of any event. */
export interface Request {
  readonly form: EventForm;
  readonly method: string;
  /** Path within the endpoint: begins with `/`, doubled slashes taken as one. */
  readonly path: string;
  /** Names in lower case; several values of one header joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** Address the caller reached the endpoint by, without a slash at the end; `undefined` for direct invocation. */
  readonly baseUrl: string | undefined;
  /** The service that the caller had to sign the request for. @default the request was not signed */
  readonly signedFor?: "lambda" | "execute-api";
  /** Bytes of the body, base64 undone; `undefined` where there is none. */
  readonly body: Buffer | undefined;
  readonly requestId: string;
  /** ms until Lambda stops the function. */
  remainingMs(): number;
  /** What the handler adds to the request's log line. */
  readonly fields: Record<string, unknown>;
}

/** What the handler answers with, before it takes the form of the event. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** The part of AWS's context object that is used here. */
export interface LambdaContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis?(): number;
}

interface HttpEvent {
  readonly version?: string;
  readonly headers?: Record<string, string | undefined> | null;
  readonly multiValueHeaders?: Record<string, string[] | undefined> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  readonly rawPath?: string;
  readonly path?: string;
  readonly httpMethod?: string;
  readonly requestContext?: {
    http?: { method: string };
    stage?: string;
    httpMethod?: string;
    authorizer?: { iam?: unknown };
    identity?: { accessKey?: string | null };
  };
}

/** One form of event: how a request is read from it and how an answer is written for it. */
interface Adapter {
  readonly form: EventForm;
  matches(event: HttpEvent): boolean;
  method(event: HttpEvent): string;
  path(event: HttpEvent, endpoint: string): string;
  headers(event: HttpEvent): Record<string, string>;
  /** What stands between the host and {@link path} in the address that the caller used. */
  prefix(event: HttpEvent, endpoint: string): string;
  signedFor(event: HttpEvent): Request["signedFor"];
}

const functionUrl: Adapter = {
  form: "functionUrl",
  matches: (event) => event.version === "2.0" && event.requestContext?.http !== undefined,
  method: (event) => event.requestContext?.http?.method ?? "",
  path: (event) => event.rawPath ?? "/",
  headers: (event) => lowerCase(event.headers ?? {}),
  prefix: () => "",
  signedFor: (event) => (event.requestContext?.authorizer?.iam ? "lambda" : undefined),
};

const restApi: Adapter = {
  form: "restApi",
  matches: (event) => event.requestContext !== undefined && typeof event.httpMethod === "string",
  method: (event) => event.httpMethod ?? "",
  // The API has a resource per endpoint; what the handler sees begins behind it.
  path: (event, endpoint) => stripPrefix(event.path ?? "/", `/${endpoint}`),
  headers: (event) => {
    const joined = Object.entries(event.multiValueHeaders ?? {}).map(([name, values]) => [
      name,
      values?.join(","),
    ]);
    return lowerCase({ ...event.headers, ...Object.fromEntries(joined) });
  },
  prefix: (event, endpoint) => {
    const own = `/${endpoint}`;
    const stage = event.requestContext?.stage;
    return `${stage ? `/${stage}` : ""}${stripPrefix(event.path ?? "/", own) === event.path ? "" : own}`;
  },
  signedFor: (event) => (event.requestContext?.identity?.accessKey ? "execute-api" : undefined),
};

/**
 * Reads a request from an event of any form.
 *
 * @param endpoint  Name of the endpoint: its resource on the REST API.
 */
export function readEvent(event: unknown, context: LambdaContext | undefined, endpoint: string): Request {
  const requestId = context?.awsRequestId ?? randomUUID();
  const remainingMs = () => context?.getRemainingTimeInMillis?.() ?? Number.POSITIVE_INFINITY;
  const http = (typeof event === "object" && event !== null ? event : {}) as HttpEvent;
  const adapter = [functionUrl, restApi].find((candidate) => candidate.matches(http));
  if (adapter === undefined) {
    // The event is the request itself.
    const body = event === undefined || event === null ? undefined : Buffer.from(JSON.stringify(event));
    return {
      form: "direct",
      method: "POST",
      path: "/",
      headers: {},
      baseUrl: undefined,
      body,
      requestId,
      remainingMs,
      fields: {},
    };
  }
  const headers = adapter.headers(http);
  const protocol = headers["x-forwarded-proto"] ?? "https";
  const body =
    typeof http.body === "string" && http.body !== ""
      ? Buffer.from(http.body, http.isBase64Encoded ? "base64" : "utf8")
      : undefined;
  return {
    form: adapter.form,
    method: adapter.method(http).toUpperCase(),
    path: adapter.path(http, endpoint).replace(/\/{2,}/g, "/"),
    headers,
    baseUrl: headers.host && `${protocol}://${headers.host}${adapter.prefix(http, endpoint)}`,
    signedFor: adapter.signedFor(http),
    body,
    requestId,
    remainingMs,
    fields: {},
  };
}

/** Writes an answer in the form that the request came in. */
export function writeAnswer(answer: Answer, request: Request): unknown {
  const text = typeof answer.body === "string" ? answer.body : undefined;
  if (request.form === "direct") {
    return { statusCode: answer.status, body: text ?? Buffer.from(answer.body).toString("base64") };
  }
  const headers = { ...answer.headers, "x-request-id": request.requestId };
  return text !== undefined
    ? { statusCode: answer.status, headers, body: text, isBase64Encoded: false }
    : {
        statusCode: answer.status,
        headers,
        body: Buffer.from(answer.body).toString("base64"),
        isBase64Encoded: true,
      };
}

function lowerCase(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const lower: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) lower[name.toLowerCase()] = value;
  }
  return lower;
}

function stripPrefix(path: string, prefix: string): string {
  const collapsed = path.replace(/\/{2,}/g, "/");
  if (collapsed === prefix) return "/";
  return collapsed.startsWith(`${prefix}/`) ? collapsed.slice(prefix.length) : collapsed;
}
