import fs from "node:fs";
import { join } from "node:path";
import { array, type GenericSchema, type InferOutput, object, optional, string } from "valibot";
import type { CardSample } from "./card";
import { curlCommand, curlFile } from "./curlCommand";
import { type DescribedCard, describeCard } from "./describeCard";
import { MethodNotAllowed, NotFound } from "./errors";
import type { Request, Response } from "./events";
import { json } from "./json";
import { jsonSchema } from "./jsonSchema";
import { FORM, readFileBody } from "./readFileBody";
import { readJsonObject } from "./readJsonObject";
import { readRows, rowsInput } from "./readRows";
import { cut } from "./shown";
import { validate } from "./validate";
import { withoutNulls } from "./withoutNulls";

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

/** The body of an error, as the handler writes it. */
const FAILURE = object({
  message: string(),
  errors: optional(array(object({ path: string(), message: string() }))),
  requestId: optional(string()),
});

const METHODS = ["GET", "HEAD", "OPTIONS", "POST"] as const;

/** An operation whose request type is inferred from its schema. */
export function operation<S extends GenericSchema>(definition: Operation<S>): Operation {
  return definition as unknown as Operation;
}

/**
 * Creates an endpoint that takes JSON objects: `POST` responds, `GET` describes, `OPTIONS` lists the methods. `GET`
 * also gives the files of the card's samples.
 *
 * @param card        What `GET` says of the model.
 * @param operations  Operations by path within the endpoint (`/`, `/uploads`).
 */
export function jsonEndpoint(card: DescribedCard, operations: Readonly<Record<string, Operation>>) {
  const byPath = new Map(Object.entries(operations));
  return (request: Request): Promise<Response> | Response => {
    const file = sampleFile(card, request);
    if (file !== undefined) return readSample(file, request);
    const found = byPath.get(request.path) ?? byPath.get(request.path.replace(/\/$/, ""));
    if (found === undefined) {
      throw new NotFound(`No path ${cut(request.path)} here; there is ${[...byPath.keys()].join(" and ")}`);
    }
    switch (request.method) {
      case "POST":
        return post(found, request);
      case "GET":
        return describe(found, request, card, [...byPath.keys()]);
      case "HEAD":
        return { ...describe(found, request, card, [...byPath.keys()]), body: "" };
      case "OPTIONS":
        return { status: 204, headers: { allow: METHODS.join(", ") }, body: "" };
      default:
        throw new MethodNotAllowed(METHODS);
    }
  };
}

function post(operation: Operation, request: Request): Promise<Response> | Response {
  const { input, file } = operation;
  const bytes = file && readFileBody(request, file.mediaTypes);
  if (file && bytes !== undefined) return file.respond(bytes, request);
  const body = readJsonObject(request);
  if (operation.respondToRows && Object.hasOwn(body, "instances") && body.instances !== null) {
    return operation.respondToRows(readRows(input, body.instances), request);
  }
  return operation.respond(validate(input, withoutNulls(body)), request);
}

/** Finds the sample's file that is asked for. */
function sampleFile({ samples }: DescribedCard, { method, path }: Request): string | undefined {
  if (method !== "GET" && method !== "HEAD") return undefined;
  return samples.find((sample) => sample.file !== undefined && path === `/${sample.file}`)?.file;
}

/** Gives a sample's file, which lies in the archive where it lies in the endpoint's folder. */
async function readSample(file: string, { method }: Request): Promise<Response> {
  const body = await fs.promises.readFile(join(process.env.LAMBDA_TASK_ROOT ?? ".", file));
  const headers = { "content-type": "application/octet-stream" };
  return { status: 200, headers, body: method === "HEAD" ? "" : body };
}

function describe(
  operation: Operation,
  request: Request,
  card: DescribedCard,
  paths: readonly string[],
): Response {
  const {
    description,
    input,
    output,
    failure = FAILURE,
    rejects = [],
    example,
    file,
    rowsOutput,
  } = operation;
  const url = `${request.baseUrl() ?? ""}${request.path === "/" ? "" : request.path}`;
  return json(200, {
    description,
    paths,
    request: jsonSchema(input),
    response: Object.fromEntries(Object.entries(output).map(([type, schema]) => [type, jsonSchema(schema)])),
    failure: jsonSchema(failure),
    rejects,
    example,
    card: describeCard(card),
    curl: curlCommand(request, url, example?.request),
    ...(rowsOutput && { rows: { request: jsonSchema(rowsInput(input)), response: jsonSchema(rowsOutput) } }),
    ...(file && {
      file: { mediaTypes: [...file.mediaTypes, FORM], curl: curlFile(request, url, file.mediaTypes[0]) },
    }),
  });
}
