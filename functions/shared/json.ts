import type { Response } from "./events";

/** A response with a JSON body. */
export function json(status: number, value: unknown): Response {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}
