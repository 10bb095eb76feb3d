import assert from "node:assert/strict";
import fs from "node:fs";
import { writeLine } from "../../../functions/shared/writeLine";

describe("writeLine", () => {
  const { writeSync } = fs;
  const { write } = process.stdout;
  afterEach(() => {
    fs.writeSync = writeSync;
    process.stdout.write = write;
  });

  it("writes a line with one call", () => {
    const calls: [number, string][] = [];
    fs.writeSync = ((fd: number, bytes: Buffer) => {
      calls.push([fd, bytes.toString()]);
      return bytes.length;
    }) as typeof writeSync;
    writeLine("Röschen");
    assert.deepEqual(calls, [[1, "Röschen\n"]]);
  });

  it("leaves what does not fit into a full pipe to the stream", () => {
    const written: string[] = [];
    fs.writeSync = ((_fd: number, bytes: Buffer, from: number) => {
      if (from > 0) throw Object.assign(new Error("EAGAIN"), { code: "EAGAIN" });
      written.push(bytes.toString("utf8", 0, 4));
      return 4;
    }) as typeof writeSync;
    process.stdout.write = ((chunk: Uint8Array) => {
      written.push(Buffer.from(chunk).toString());
      return true;
    }) as typeof write;
    writeLine("a long line");
    assert.deepEqual(written, ["a lo", "ng line\n"]);
  });
});
