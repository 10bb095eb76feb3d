import type { HttpHeader, HttpResponse } from "../../../http/message";
import type { MockIntegration, RouteMethod } from "./restApiDefinition";

const HEADER_PREFIX = "method.response.header.";

/**
 * The response of a MOCK integration: its template's status selects the integration response, whose literal header
 * mappings and template are all there is. `undefined` when none is declared for it.
 */
export function mockResponse(integration: MockIntegration, method: RouteMethod): HttpResponse | undefined {
  const status = String(integration.statusCode);
  const responses = method.integrationResponses;
  const selected =
    responses.find(
      ({ selectionPattern }) => selectionPattern && new RegExp(`^(?:${selectionPattern})$`).test(status),
    ) ?? responses.find(({ selectionPattern }) => !selectionPattern);
  if (!selected) return undefined;
  const [mediaType, template] = Object.entries(selected.responseTemplates)[0] ?? ["application/json", ""];
  const headers: HttpHeader[] = [["Content-Type", mediaType]];
  for (const [parameter, value] of Object.entries(selected.responseParameters)) {
    if (parameter.startsWith(HEADER_PREFIX))
      headers.push([parameter.slice(HEADER_PREFIX.length), literal(value)]);
  }
  return { status: Number(selected.statusCode), headers, body: Buffer.from(template) };
}

/** Mapped values are literals in single quotes. */
function literal(value: string): string {
  return /^'.*'$/.test(value) ? value.slice(1, -1) : value;
}
