import { type HttpHeader, type HttpResponse, jsonResponse } from "./message";

interface AwsErrorOptions extends ErrorOptions {
  /** Further members of the error's body, e.g. `Reason`. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly headers?: readonly HttpHeader[];
}

/** A request that AWS rejects: its error code, HTTP status and words. */
export class AwsError extends Error {
  readonly details: Readonly<Record<string, unknown>>;
  readonly headers: readonly HttpHeader[];

  constructor(
    /** AWS's exception name, e.g. `ResourceNotFoundException`. */
    readonly code: string,
    readonly status: number,
    message: string,
    { details = {}, headers = [], ...options }: AwsErrorOptions = {},
  ) {
    super(message, options);
    this.name = code;
    this.details = details;
    this.headers = headers;
  }

  /**
   * The error as services with JSON bodies write it. @param messageKey  Lambda writes `message`, most others `Message`.
   */
  toJson(messageKey: "message" | "Message" = "Message"): HttpResponse {
    const body = { ...this.details, [messageKey]: this.message };
    return jsonResponse(this.status, body, [["x-amzn-ErrorType", this.code], ...this.headers]);
  }
}
