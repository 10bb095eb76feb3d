import { isUtf8 } from "node:buffer";
import { BadRequest, PayloadTooLarge } from "./errors";
import type { Request } from "./events";
import { isTextTooDeep, isValueTooDeep, MAX_JSON_DEPTH } from "./jsonDepth";
import { cut } from "./shown";

/** Lambda's own limit on a synchronous payload, in bytes. */
const MAX_BODY_BYTES = 6 * 1024 * 1024;

/** Lambda puts this into a text body in place of bytes that are not UTF-8. */
const REPLACEMENT_CHARACTER = "\ufffd";

const SEND = "send a JSON object";

/**
 * Reads a request as a JSON object, whatever its content type says (`curl -d` sends form-urlencoded).
 *
 * @throws BadRequest       Missing, not in its charset, not JSON, nested too deep, or not an object: the message says
 *   which.
 * @throws PayloadTooLarge  Over 6 MB.
 */
export function readJsonObject(request: Request): Record<string, unknown> {
  if (request.form !== "direct") return parseJsonObject(request.body, request);
  if (request.event === undefined || request.event === null) throw missing();
  if (isValueTooDeep(request.event)) throw tooDeep();
  return objectOf(request.event);
}

/**
 * Reads the bytes of a body, or the part of them that is JSON.
 *
 * @param parse  Parses the text. @default JSON.parse
 */
export function parseJsonObject(
  body: Buffer | undefined,
  request: Pick<Request, "isText" | "charset">,
  parse: (text: string) => unknown = JSON.parse,
): Record<string, unknown> {
  if (body === undefined || body.length === 0) throw missing();
  if (body.length > MAX_BODY_BYTES) {
    throw new PayloadTooLarge(
      `The request body has ${body.length} bytes; at most ${MAX_BODY_BYTES} are taken`,
    );
  }
  const text = decode(body, request);
  if (isTextTooDeep(text)) throw tooDeep();
  let value: unknown;
  try {
    value = parse(text);
  } catch (cause) {
    throw new BadRequest(`The request body is not JSON; ${SEND}`, { cause });
  }
  return objectOf(value);
}

function decode(body: Buffer, { isText, charset = "utf-8" }: Pick<Request, "isText" | "charset">): string {
  if (charset === "utf-8" || isText) {
    const text = body.toString("utf8");
    if (!isUtf8(body) || (isText && text.includes(REPLACEMENT_CHARACTER))) {
      throw new BadRequest(`The request body is not UTF-8; ${SEND} in UTF-8`);
    }
    return text.replace(/^\uFEFF/, "");
  }
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body);
  } catch (cause) {
    throw new BadRequest(`The request body is not ${cut(charset)}, which its Content-Type names`, { cause });
  }
}

function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new BadRequest(`The request body is ${nameOf(value)}; ${SEND}`);
  }
  return value as Record<string, unknown>;
}

function nameOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `a ${typeof value}`;
}

function missing(): BadRequest {
  return new BadRequest(`The request body is missing; ${SEND}`);
}

function tooDeep(): BadRequest {
  return new BadRequest(`The request body is nested deeper than ${MAX_JSON_DEPTH} levels`);
}
