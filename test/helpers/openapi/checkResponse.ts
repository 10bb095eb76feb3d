import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import type { JsonSchema, OpenApiDocument, Operation } from "../../../bin/lib/openapi/document";

export interface ReceivedResponse {
  readonly status: number;
  /** The header's value; parameters (`; charset=…`) are not looked at. */
  readonly contentType: string;
  readonly body: string;
}

const ajv = new Ajv2020({
  strict: true,
  strictRequired: false,
  strictTuples: false,
  allowUnionTypes: true,
  formats: { uri: URL.canParse },
});
ajv.addVocabulary(["components"]);

const compiled = new WeakMap<JsonSchema, ValidateFunction>();

/** Compiles a schema of the document; a word that draft 2020-12 does not have fails. */
export function compileSchema({ components }: OpenApiDocument, schema: JsonSchema): ValidateFunction {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const validate = ajv.compile({ ...schema, components });
  compiled.set(schema, validate);
  return validate;
}

/** Finds what is not as the document says: status, content type or body. @returns `undefined` if nothing is. */
export function differenceFrom(
  document: OpenApiDocument,
  operation: Operation,
  { status, contentType, body }: ReceivedResponse,
): string | undefined {
  const said = `${operation.operationId} answers ${status} ${body.slice(0, 200)}`;
  const described = operation.responses[status];
  if (described === undefined) return `${said}: the document has no such status`;
  const type = contentType.split(";")[0] ?? "";
  const schema = described.content?.[type]?.schema;
  if (schema === undefined) return `${said}: the document has no ${type} there`;
  if (type === "application/octet-stream") return undefined;
  const validate = compileSchema(document, schema);
  let value: unknown = body;
  try {
    if (type === "application/json") value = JSON.parse(body);
  } catch {
    return `${said}: the body is not JSON`;
  }
  return validate(value) ? undefined : `${said}: ${JSON.stringify(validate.errors)}`;
}
