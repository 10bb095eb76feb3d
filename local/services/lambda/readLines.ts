import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** Bytes after which a line without an end is passed on, as CloudWatch cuts events at 256 KB. */
const MAX_LINE_LENGTH = 262_144;

/**
 * Gives a stream's lines, split at `\n` alone: Lambda's console keeps the line breaks of one message as `\r`, which
 * `node:readline` would split at.
 */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  stream.on("data", (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
    if (rest.length > MAX_LINE_LENGTH) {
      onLine(rest);
      rest = "";
    }
  });
  stream.on("end", () => {
    rest += decoder.end();
    if (rest !== "") onLine(rest);
  });
}
