import { cut } from "./shown";

/** Bounds on an error's problems and on the length of its message, which keep every error under 64 KB. */
const [MAX_PROBLEMS, MAX_MESSAGE] = [20, 4_000];

/** One problem of a request: which field, and what is wrong with it. */
export interface FieldError {
  /** Dotted path of the field, e.g. `inputs.0.shape`. */
  readonly path: string;
  readonly message: string;
}

interface HttpErrorOptions extends ErrorOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly errors?: readonly FieldError[];
}

/** An error that the caller may see: its message is the response's `message`, its `cause` only goes to the log. */
export class HttpError extends Error {
  readonly headers: Readonly<Record<string, string>>;
  readonly errors: readonly FieldError[] | undefined;

  constructor(
    readonly status: number,
    message: string,
    options: HttpErrorOptions = {},
  ) {
    super(message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message, options);
    this.name = new.target.name;
    this.headers = options.headers ?? {};
    this.errors = options.errors
      ?.slice(0, MAX_PROBLEMS)
      .map(({ path, message }) => ({ path: cut(path), message: cut(message) }));
  }
}

/** The request itself is wrong. */
export class BadRequest extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(400, message, options);
  }
}

/** The caller has no access to what the request points to. */
export class Forbidden extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(403, message, options);
  }
}

/** The request names something that does not exist. */
export class NotFound extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(404, message, options);
  }
}

/** The path exists, but not with this method. */
export class MethodNotAllowed extends HttpError {
  constructor(allow: readonly string[]) {
    super(405, `Method not allowed; use ${allow.join(", ")}`, { headers: { allow: allow.join(", ") } });
  }
}

/** The body, or the object that the request points to, exceeds a limit. */
export class PayloadTooLarge extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(413, message, options);
  }
}

/** The object that the request points to could not be fetched: unreachable, not 200, or broken. */
export class BadGateway extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(502, message, options);
  }
}

/** The requested model can never be served as it is. */
export class Unprocessable extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(422, message, options);
  }
}

/** Not available now, perhaps later: the response says after how many seconds to retry. */
export class ServiceUnavailable extends HttpError {
  constructor(message: string, options: HttpErrorOptions & { retryAfterSeconds?: number } = {}) {
    const { retryAfterSeconds = 5, ...rest } = options;
    super(503, message, { ...rest, headers: { "retry-after": String(retryAfterSeconds) } });
  }
}

/** The object that the request points to did not arrive in time. */
export class GatewayTimeout extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(504, message, options);
  }
}
