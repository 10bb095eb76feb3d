import assert from "node:assert/strict";
import { BadRequest, type HttpError, PayloadTooLarge } from "../../../functions/shared/errors";
import type { Request } from "../../../functions/shared/events";
import { isTextTooDeep, isValueTooDeep } from "../../../functions/shared/jsonDepth";
import { parseJsonObject, readJsonObject } from "../../../functions/shared/readJsonObject";

const TOO_LARGE = 6 * 1024 * 1024 + 1;

const direct = (event: unknown) => () => readJsonObject({ form: "direct", event } as Request);
const http = (body: Uint8Array | string | undefined, options: Partial<Request> = {}) => {
  const bytes = body === undefined ? undefined : Buffer.from(body as Uint8Array);
  return () =>
    readJsonObject({ form: "functionUrlV2", body: bytes, isText: false, ...options } as unknown as Request);
};
const nested = (levels: number): unknown => (levels === 0 ? 1 : { deeper: nested(levels - 1) });

describe("The JSON object of a request", () => {
  it("is the event of a direct invocation", () => {
    assert.deepEqual(direct({ a: 1 })(), { a: 1 });
  });

  it("is the body of an HTTP request in UTF-8, with a byte order mark or without", () => {
    assert.deepEqual(http('{"a":"é"}')(), { a: "é" });
    assert.deepEqual(http('\uFEFF{"a":"\uFEFFé"}')(), { a: "\uFEFFé" });
    assert.deepEqual(http('{"a":"é"}', { isText: true, charset: "latin1" })(), { a: "é" });
    assert.deepEqual(http('{"a":"\ufffd"}')(), { a: "\ufffd" });
  });

  it("is read in the charset that Content-Type names", () => {
    assert.deepEqual(http(Buffer.from('{"a":"é"}', "latin1"), { charset: "iso-8859-1" })(), { a: "é" });
    assert.deepEqual(http(Buffer.from('{"a":"é"}', "utf16le"), { charset: "utf-16le" })(), { a: "é" });
  });

  it("is read by another parser where the caller has one", () => {
    const parse = (text: string) => ({ text });
    assert.deepEqual(parseJsonObject(Buffer.from("x"), { isText: false, charset: undefined }, parse), {
      text: "x",
    });
  });

  const rejected: readonly [what: string, read: () => unknown, message: string][] = [
    ["no body", http(undefined), "The request body is missing; send a JSON object"],
    ["an empty body", http(""), "The request body is missing; send a JSON object"],
    ["no event", direct(undefined), "The request body is missing; send a JSON object"],
    ["null as the event", direct(null), "The request body is missing; send a JSON object"],
    ["text that is not JSON", http("{a}"), "The request body is not JSON; send a JSON object"],
    ["null", http("null"), "The request body is null; send a JSON object"],
    ["an array", http("[1]"), "The request body is an array; send a JSON object"],
    ["a string", http('"a"'), "The request body is a string; send a JSON object"],
    ["a number as the event", direct(1), "The request body is a number; send a JSON object"],
    [
      "bytes that are not UTF-8",
      http(Buffer.from('{"a":"é"}', "latin1")),
      "The request body is not UTF-8; send a JSON object in UTF-8",
    ],
    [
      "text that Lambda replaced bytes in",
      http('{"a":"\ufffd"}', { isText: true }),
      "The request body is not UTF-8; send a JSON object in UTF-8",
    ],
    [
      "a charset that does not exist",
      http("{}", { charset: "klingon" }),
      "The request body is not klingon, which its Content-Type names",
    ],
    [
      "bytes that are not in their charset",
      http(Buffer.of(0x81), { charset: "shift_jis" }),
      "The request body is not shift_jis, which its Content-Type names",
    ],
    ["an event of 101 levels", direct(nested(101)), "The request body is nested deeper than 100 levels"],
    [
      "a body of 101 levels",
      http(JSON.stringify(nested(101))),
      "The request body is nested deeper than 100 levels",
    ],
  ];
  for (const [what, read, message] of rejected) {
    it(`A request with ${what} is rejected: ${message}`, () => {
      assert.throws(read, (error) => error instanceof BadRequest && error.message === message);
    });
  }

  it("keeps the parser's and the decoder's error as the cause", () => {
    const causeOf = (read: () => unknown) => {
      try {
        return read();
      } catch (error) {
        return (error as HttpError).cause;
      }
    };
    assert.ok(causeOf(http("{a}")) instanceof SyntaxError);
    assert.ok(causeOf(http("{}", { charset: "klingon" })) instanceof RangeError);
  });

  it("A request's JSON is taken up to 6 MB", () => {
    const ofBytes = (bytes: number) => http(`{"a":"${"x".repeat(bytes - 8)}"}`);
    assert.deepEqual(Object.keys(ofBytes(TOO_LARGE - 1)() as object), ["a"]);
    assert.throws(
      ofBytes(TOO_LARGE),
      (error) =>
        error instanceof PayloadTooLarge &&
        error.message === "The request body has 6291457 bytes; at most 6291456 are taken",
    );
  });
});

describe("The depth of JSON", () => {
  it("is bounded in text by 100 open brackets and braces", () => {
    assert.equal(isTextTooDeep("[".repeat(100)), false);
    assert.equal(isTextTooDeep("[".repeat(101)), true);
    assert.equal(isTextTooDeep('[{"a":'.repeat(50)), false);
    assert.equal(isTextTooDeep(`${'[{"a":'.repeat(50)}{`), true);
  });

  it("does not count in text what is closed again, nor what is in strings", () => {
    assert.equal(isTextTooDeep(`[${"[],".repeat(200)}${"{},".repeat(200)}0]`), false);
    assert.equal(isTextTooDeep(`{"${"[".repeat(200)}\\"${"{".repeat(200)}":1}`), false);
    assert.equal(isTextTooDeep(`["]]]]]]]]]]"${"[".repeat(100)}`), true);
  });

  it("is bounded in values by 100 levels, whatever lies beside them", () => {
    assert.equal(isValueTooDeep(nested(100)), false);
    assert.equal(isValueTooDeep(nested(101)), true);
    assert.equal(isValueTooDeep([1, null, "a", nested(100)]), true);
    assert.deepEqual(
      [isValueTooDeep(null), isValueTooDeep("a"), isValueTooDeep([], 0)],
      [false, false, true],
    );
  });
});
