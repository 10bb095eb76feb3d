import type { EndpointCaller } from "./endpointCaller";

/**
 * Posts a JSON object and gives the JSON object that answers it.
 *
 * @throws Error  One line: the address does not answer, or rejects the request, and why.
 */
export async function postJson(
  caller: EndpointCaller,
  url: string,
  body: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const response = await caller.post(url, JSON.stringify(body));
  const text = await response.text();
  let content: Record<string, unknown>;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Error(
      `${url} answered ${response.status} with something that is no JSON: ${text.slice(0, 80)}`,
    );
  }
  if (response.ok) return content;
  const message = content.message ?? content.Message ?? text;
  const denied = response.headers.get("x-amzn-errortype") === "AccessDeniedException";
  const cure = denied
    ? " (a function URL asks its caller for lambda:InvokeFunctionUrl and lambda:InvokeFunction, the REST API for execute-api:Invoke)"
    : "";
  throw new Error(`${url} answered ${response.status}: ${message}${cure}`);
}
