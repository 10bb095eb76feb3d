import fs from "node:fs";
import { version } from "../../../package.json";
import type { EndpointCaller } from "../endpointCaller";
import { camelCase } from "./camelCase";
import { describeEndpoint, FUNCTIONS } from "./describeEndpoint";
import type { OpenApiDocument } from "./document";
import { openApiDocument } from "./openApiDocument";

/**
 * Asks every endpoint of a stack for its description, and writes the stack's OpenAPI document.
 *
 * @param outputs  The stack's: endpoints are found by the rule that names them, `breast-cancer` as `breastCancerUrl`.
 * @throws Error  One line: an endpoint does not answer, or has no function in this project.
 */
export async function describeStack(
  outputs: Readonly<Record<string, unknown>>,
  caller: Pick<EndpointCaller, "get" | "signs">,
): Promise<OpenApiDocument> {
  const apiUrl = String(outputs.apiUrl);
  const endpoints = fs.readdirSync(FUNCTIONS).flatMap((name) => {
    const url = outputs[`${camelCase(name)}Url`];
    return url === undefined ? [] : [{ name, functionUrl: String(url) }];
  });
  const described = await Promise.all(
    endpoints.map(({ name, functionUrl }) => describeEndpoint(name, { functionUrl, apiUrl }, caller)),
  );
  return openApiDocument(described, { version, apiUrl });
}
