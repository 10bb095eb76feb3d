/**
 * Posts a JSON object and gives the JSON object that answers it.
 *
 * @throws Error  One line: the address does not answer, or refuses, and why.
 */
export async function postJson(
  url: string,
  body: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const response = await fetch(url, { method: "POST", body: JSON.stringify(body) }).catch((error: Error) => {
    throw new Error(
      `${url} does not answer: ${(error.cause as Error | undefined)?.message ?? error.message}.`,
      {
        cause: error,
      },
    );
  });
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
  const cure =
    response.status === 403 && message === "Forbidden"
      ? " (it takes signed requests alone: set `functionUrlAuth` to NONE, or ask its REST API with `apiAuth` NONE)"
      : "";
  throw new Error(`${url} answered ${response.status}: ${message}${cure}`);
}
