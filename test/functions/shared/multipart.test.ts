import assert from "node:assert/strict";
import { readFormFiles } from "../../../functions/shared/multipart";

const TYPE = "multipart/form-data; boundary=XyZ";
const FILE = 'Content-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg';
const FIELD = 'Content-Disposition: form-data; name="note"';
const BINARY = Buffer.from([0xff, 0xd8, 0, 0x0d, 0x0a, 0x2d, 0x2d, 0x0d, 0x0a, 0x0d, 0x0a]);

/** A form of parts: headers and bytes. */
function form(...parts: [string, string | Buffer][]): Buffer {
  const bodies = parts.flatMap(([head, bytes]) => [
    Buffer.from(`--XyZ\r\n${head}\r\n\r\n`),
    Buffer.from(bytes),
    Buffer.from("\r\n"),
  ]);
  return Buffer.concat([...bodies, Buffer.from("--XyZ--\r\n")]);
}

const read = (body: Buffer | string, type = TYPE) =>
  readFormFiles(Buffer.from(body), type).map((file) => file.toString("latin1"));

describe("readFormFiles", () => {
  it("gives the bytes of the files only, whatever they hold", () => {
    assert.deepEqual(read(form([FIELD, "hello"], [FILE, BINARY], [FILE, ""])), [
      BINARY.toString("latin1"),
      "",
    ]);
  });

  it("gives nothing for a file that was not chosen in a browser's form", () => {
    const empty =
      'Content-Disposition: form-data; name="a"; filename=""\r\nContent-Type: application/octet-stream';
    assert.deepEqual(read(form([empty, ""], [FILE, "x"])), ["x"]);
    assert.deepEqual(read(form([empty, "x"])), ["x"]);
  });

  for (const [what, head] of Object.entries({
    "without quotes": "content-disposition:form-data;filename=a.jpg;name=file",
    "in another charset": "Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''%C3%BC.jpg",
    "that is no UTF-8": Buffer.from([
      ...Buffer.from('Content-Disposition: form-data; filename="'),
      0xfc,
      0x22,
    ]).toString("latin1"),
    "with quotes in it": 'Content-Disposition: form-data; name="a\\"; x=\\""; filename="b\\".jpg"',
    "after other headers": `Content-Type: image/jpeg\r\n${FILE.split("\r\n")[0]}`,
  })) {
    it(`finds a file by a name ${what}`, () => {
      assert.deepEqual(read(form([head, "bytes"])), ["bytes"]);
    });
  }

  it("takes a field for a field though its name speaks of a file", () => {
    assert.deepEqual(read(form(['Content-Disposition: form-data; name="a; filename=b"', "x"])), []);
  });

  it("reads a boundary in quotes, text before the first one, and none but the last one", () => {
    assert.deepEqual(read(form([FILE, "x"]), 'multipart/form-data; charset=utf-8; boundary="XyZ"'), ["x"]);
    assert.deepEqual(read(Buffer.concat([Buffer.from("preamble\r\n"), form([FILE, "x"])])), ["x"]);
    assert.deepEqual(read("--XyZ--"), []);
  });

  const rejected: Record<string, [Buffer | string, string, string?]> = {
    "no boundary": [form([FILE, "x"]), "its Content-Type names no boundary", "multipart/form-data"],
    "a boundary over 70 characters": [
      form([FILE, "x"]),
      "its Content-Type names no boundary",
      `multipart/form-data; boundary=${"x".repeat(71)}`,
    ],
    "another boundary": [
      form([FILE, "x"]),
      "its boundary is not in it",
      "multipart/form-data; boundary=other",
    ],
    "an empty body": ["", "its boundary is not in it"],
    JSON: ['{"image": "aaaa"}', "its boundary is not in it"],
    "no last boundary": [form([FILE, "x"]).subarray(0, -9), "its last boundary is missing"],
    "headers without end": [`--XyZ\r\n${FILE}`, "part 1 has no headers that end within 8192 bytes"],
    "headers over 8 KB": [
      form([`${FILE}\r\n${"a: b\r\n".repeat(2_000)}`, "x"]),
      "part 1 has no headers that end within 8192 bytes",
    ],
    "a boundary that goes on": [
      `${form([FILE, "x"])}`.replace("--XyZ--", "--XyZzy"),
      "part 2 has no headers that end within 8192 bytes",
    ],
    "a part without Content-Disposition": [
      form(["Content-Type: image/jpeg", "x"]),
      "a part of it has no Content-Disposition of form-data",
    ],
    "more than 100 parts": [form(...Array(101).fill([FIELD, ""])), "it has more than 100 parts"],
  };
  for (const [what, [body, why, type]] of Object.entries(rejected)) {
    it(`rejects ${what}`, () => {
      assert.throws(() => read(body, type), {
        status: 400,
        message: `The request body is not multipart/form-data: ${why}`,
      });
    });
  }

  it("A form of 100 parts is read", () => {
    assert.deepEqual(read(form(...Array(99).fill([FIELD, ""]), [FILE, "x"])), ["x"]);
  });
});
