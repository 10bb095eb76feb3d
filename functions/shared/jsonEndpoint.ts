import fs from "node:fs";
import { join } from "node:path";
import type { GenericSchema } from "valibot";
import type { DescribedCard } from "./describeCard";
import type * as Description from "./describeOperation";
import { MethodNotAllowed, NotFound } from "./errors";
import type { Request, Response } from "./events";
import { lazy } from "./lazy";
import type { Operation } from "./operation";
import { readFileBody } from "./readFileBody";
import { readJsonObject } from "./readJsonObject";
import { readRows } from "./readRows";
import { cut } from "./shown";
import { validate } from "./validate";
import { withoutNulls } from "./withoutNulls";

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
        return description().describeOperation(found, request, card, [...byPath.keys()]);
      case "HEAD":
        return { ...description().describeOperation(found, request, card, [...byPath.keys()]), body: "" };
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

/** Describes operations; what makes JSON Schema is a fifth of an endpoint's code, and is loaded by the first `GET`. */
const description = lazy(() => module.require("./describeOperation") as typeof Description);
