import type { EndpointCaller } from "./endpointCaller";

/**
 * Posts a JSON object and gives the JSON object that answers it.
 *
 * @throws Error  One line: the address does not answer, or refuses, and why.
 */
export async function postJson(
  caller: EndpointCaller,
  url: string,
  body: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const response = await caller.post(url, JSON.stringify(body));
  const text = await response.text();
  let answer: Record<string, unknown>;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new Error(
      `${url} answered ${response.status} with something that is no JSON: ${text.slice(0, 80)}`,
    );
  }
  if (response.ok) return answer;
  const message = answer.message ?? answer.Message ?? text;
  const denied = response.headers.get("x-amzn-errortype") === "AccessDeniedException";
  const cure = denied
    ? " (a function URL asks its caller for lambda:InvokeFunctionUrl and lambda:InvokeFunction, the REST API for execute-api:Invoke)"
    : "";
  throw new Error(`${url} answered ${response.status}: ${message}${cure}`);
}
