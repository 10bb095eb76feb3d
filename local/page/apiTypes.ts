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

/** A request to the stack, or an event of S3's. */
export interface RequestSummary {
  readonly id: string;
  /** ISO 8601, of its end. */
  readonly time: string;
  readonly via: "functionUrl" | "restApi" | "invoke" | "s3";
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** From the request's end to the response, queueing included. */
  readonly durationMs: number;
  /** The logical name. */
  readonly functionName?: string;
  /** Absent if no function was invoked. */
  readonly invocation?: InvocationSummary;
}

/** The figures of Lambda's REPORT line. */
export interface InvocationSummary {
  readonly requestId: string;
  readonly version: string;
  readonly status: "success" | "error" | "timeout";
  /** Present for a cold start. */
  readonly initMs?: number;
  readonly durationMs: number;
  readonly billedMs: number;
  readonly memorySizeMb: number;
  readonly maxMemoryUsedMb?: number;
  readonly error?: { readonly type: string; readonly message: string };
}

/** A request with what the function got and gave; only the summary where none was invoked. */
export interface RequestDetail extends RequestSummary {
  readonly event?: string;
  readonly response?: string;
  /** Whether event or response are longer than what is kept. */
  readonly isCut?: boolean;
  readonly log?: readonly string[];
}

/** Response of `POST /api/replay`. */
export interface Replayed {
  readonly payload: string;
  readonly functionError?: string;
  readonly log: readonly string[];
  readonly invocation: InvocationSummary;
}

/** A declared resource, as far as the page shows it. */
export interface ResourceSummary {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Components are not custom: they only hold others. */
  readonly custom: boolean;
  readonly parent?: string;
  readonly dependencies: readonly string[];
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** A place that holds files: a bucket, or the folder of an access point. */
export interface Store {
  readonly kind: "bucket" | "volume";
  /** The bucket's name, or the access point's id. */
  readonly id: string;
  /** The logical name. */
  readonly name: string;
}

/** One page of a store's content. */
export interface StoreList {
  readonly folders: readonly string[];
  readonly files: readonly { readonly key: string; readonly bytes: number; readonly modified: string }[];
  /** Key to go on after, if there are more. */
  readonly next?: string;
}

/** Sizes of a function's package, with Lambda's limits. */
export interface PackageSizes {
  /** The function's logical name. */
  readonly name: string;
  /** Its own archive. */
  readonly zippedBytes: number;
  /** Function and layers, as Lambda counts them. */
  readonly unzippedBytes: number;
  readonly layersBytes: number;
  readonly limitBytes: number;
}
