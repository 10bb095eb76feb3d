/** Types of the page's API, for its server and the page alike. */

/** A function that is called over HTTP. */
export interface Endpoint {
  /** The function's logical name. */
  readonly name: string;
  /** Its physical one. */
  readonly functionName: string;
  /** Ends in a slash. */
  readonly functionUrl?: string;
  /** Its address on the REST API, without a slash at the end. */
  readonly restUrl?: string;
  /** Who may call the function URL, or the REST API where there is no other. */
  readonly authorization: "NONE" | "AWS_IAM";
}

/** An endpoint's response to `GET`: anything, as the page knows none by name. */
export type Description = Readonly<Record<string, unknown>>;

/** An endpoint that was asked what it does. */
export interface DescribedEndpoint extends Endpoint {
  /** Descriptions by path within the endpoint; `{error}` for a path without one. */
  readonly describes: Readonly<Record<string, Description>>;
}

/** Body of `POST /api/call`. */
export interface Call {
  /** The endpoint's name. */
  readonly endpoint: string;
  /** @default "POST" */
  readonly method?: string;
  /** Within the endpoint, with the query. @default "/" */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string as it is, anything else as JSON. */
  readonly body?: unknown;
  /** In place of `body`: bytes. */
  readonly bodyBase64?: string;
  /** @default the function URL, where there is one */
  readonly via?: "functionUrl" | "restApi";
}

/** Response of an endpoint. */
export interface Called {
  readonly status: number;
  /** Values by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Present if it is UTF-8; else there is `bodyBase64`. */
  readonly body?: string;
  readonly bodyBase64?: string;
  /** Measured by the page's server. */
  readonly ms: number;
  readonly requestId?: string;
}

/** Response of the local S3 to an upload. */
export interface Uploaded {
  readonly status: number;
  /** S3's error, in XML; empty where it took the object. */
  readonly body: string;
  readonly ms: number;
}
