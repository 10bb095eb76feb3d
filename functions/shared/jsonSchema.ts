import { toJsonSchema } from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";

/** Describes what a schema takes, in the draft of JSON Schema that OpenAPI 3.1 has; checks in code have no words there. */
export function jsonSchema(schema: GenericSchema) {
  return toJsonSchema(schema, { errorMode: "ignore", typeMode: "input", target: "draft-2020-12" });
}
