import { array, object, optional, string } from "valibot";
import { curlCommand, curlFile } from "./curlCommand";
import { type DescribedCard, describeCard } from "./describeCard";
import type { Request, Response } from "./events";
import { json } from "./json";
import { jsonSchema } from "./jsonSchema";
import type { Operation } from "./operation";
import { FORM } from "./readFileBody";
import { rowsInput } from "./readRows";

/** The body of an error, as the handler writes it. */
const FAILURE = object({
  message: string(),
  errors: optional(array(object({ path: string(), message: string() }))),
  requestId: optional(string()),
});

/** Responds to `GET`: what an operation takes and gives, and what is known of its model. */
export function describeOperation(
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
