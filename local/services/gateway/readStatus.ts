/** A response's status code as functions give it, a number or its digits; `undefined` where it is none of a final response. */
export function readStatus(statusCode: unknown): number | undefined {
  const status = typeof statusCode === "string" && statusCode !== "" ? Number(statusCode) : statusCode;
  if (typeof status !== "number" || !Number.isInteger(status)) return undefined;
  return status >= 200 && status <= 599 ? status : undefined;
}
