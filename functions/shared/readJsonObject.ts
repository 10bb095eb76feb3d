import { BadRequest, PayloadTooLarge } from "./errors";

/** Lambda's own limit on a synchronous payload, in bytes. */
export const MAX_BODY_BYTES = 6 * 1024 * 1024;

/**
 * Reads a body as a JSON object, whatever its content type says (`curl -d` sends form-urlencoded).
 *
 * @throws BadRequest       Missing, not JSON, or not an object: the message says which.
 * @throws PayloadTooLarge  Over 6 MB.
 */
export function readJsonObject(body: Buffer | undefined): Record<string, unknown> {
  if (body === undefined || body.length === 0)
    throw new BadRequest("The request body is missing; send a JSON object");
  if (body.length > MAX_BODY_BYTES) {
    throw new PayloadTooLarge(
      `The request body has ${body.length} bytes; at most ${MAX_BODY_BYTES} are taken`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8").replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new BadRequest("The request body is not JSON; send a JSON object", { cause });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new BadRequest(`The request body is ${nameOf(value)}; send a JSON object`);
  }
  return value as Record<string, unknown>;
}

function nameOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `a ${typeof value}`;
}
