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

/** A refusal the caller may see: its message is the answer's `message`, its `cause` goes to the log alone. */
export class HttpError extends Error {
  readonly headers: Readonly<Record<string, string>>;
  readonly errors: readonly FieldError[] | undefined;

  constructor(
    readonly status: number,
    message: string,
    options: HttpErrorOptions = {},
  ) {
    super(message, options);
    this.name = new.target.name;
    this.headers = options.headers ?? {};
    this.errors = options.errors;
  }
}

/** The request itself is wrong. */
export class BadRequest extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(400, message, options);
  }
}

/** What the request points to is not for this caller. */
export class Forbidden extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(403, message, options);
  }
}

/** What the request names does not exist. */
export class NotFound extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(404, message, options);
  }
}

/** The path exists, the method does not. */
export class MethodNotAllowed extends HttpError {
  constructor(allow: readonly string[]) {
    super(405, `Method not allowed; use ${allow.join(", ")}`, { headers: { allow: allow.join(", ") } });
  }
}

/** The body, or what the request points to, passes a limit. */
export class PayloadTooLarge extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(413, message, options);
  }
}

/** What the request points to could not be had: unreachable, not 200, broken. */
export class BadGateway extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(502, message, options);
  }
}

/** Not now, perhaps later: the answer says after how many seconds to try again. */
export class ServiceUnavailable extends HttpError {
  constructor(message: string, options: HttpErrorOptions & { retryAfterSeconds?: number } = {}) {
    const { retryAfterSeconds = 5, ...rest } = options;
    super(503, message, { ...rest, headers: { "retry-after": String(retryAfterSeconds) } });
  }
}

/** What the request points to did not come in time. */
export class GatewayTimeout extends HttpError {
  constructor(message: string, options?: HttpErrorOptions) {
    super(504, message, options);
  }
}
