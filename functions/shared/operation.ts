import type { GenericSchema, InferOutput } from "valibot";
import type { CardSample } from "./card";
import type { Request, Response } from "./events";

/** One path of an endpoint: the request that it takes, and its response. */
export interface Operation<S extends GenericSchema = GenericSchema> {
  readonly description: string;
  /** The request: the one source of validation, types and documentation. */
  readonly input: S;
  /** The body of a 200, by content type; tests compare it with what is answered. */
  readonly output: Readonly<Record<string, GenericSchema>>;
  /** The body of every error. @default `{message, errors?, requestId?}` */
  readonly failure?: GenericSchema;
  /** Statuses of its own errors, beside those that any endpoint may have. @default none */
  readonly rejects?: readonly number[];
  /** An example that holds; required, although JSON files cannot express that. */
  readonly example: CardSample | undefined;
  /** Responds to a body that is a file. @default every body is JSON, whatever its `Content-Type` */
  readonly file?: FileOperation;
  respond(input: InferOutput<S>, request: Request): Promise<Response> | Response;
  /** Responds to `{"instances": [row, …]}`, each row an `input`. @default `instances` is a field like any other */
  respondToRows?(rows: InferOutput<S>[], request: Request): Promise<Response> | Response;
  /** The body of a 200 to several rows; required with `respondToRows`. */
  readonly rowsOutput?: GenericSchema;
}

/** How an operation responds to a body that is a file: by one of these media types, or the only file of a form. */
export interface FileOperation {
  readonly mediaTypes: readonly [string, ...string[]];
  respond(file: Uint8Array, request: Request): Promise<Response> | Response;
}
