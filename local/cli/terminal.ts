import { styleText } from "node:util";

type Format = Parameters<typeof styleText>[0];

/** Else Node.js asks whether standard output is a terminal. */
const ANYWHERE = { validateStream: false };

/** Gives text a colour or weight. */
export type Paint = (format: Format, text: string) => string;

/** Leaves text as it is: for files, pipes and `NO_COLOR`. */
export const plain: Paint = (_format, text) => text;

type Output = Pick<NodeJS.WriteStream, "isTTY"> & Partial<Pick<NodeJS.WriteStream, "hasColors">>;

/** Colours where the stream is a terminal that has them; Node.js asks `NO_COLOR` and `FORCE_COLOR` for it. */
export function paintFor(stream: Output): Paint {
  return stream.isTTY && stream.hasColors?.() ? (format, text) => styleText(format, text, ANYWHERE) : plain;
}

/** `10:14:03`, the time on this machine's clock. */
export function clock(date = new Date()): string {
  return date.toTimeString().slice(0, 8);
}

/** Shortens text to a width; its end says more than its beginning. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, 6)}…${text.slice(text.length - width + 7)}`;
}

/** An error's lines: of esbuild's, those that name a file. */
export function errorLines(error: unknown): string[] {
  const message = error instanceof Error ? error.message : String(error);
  const lines = message
    .trim()
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return lines.length > 1 && /^(Build|Transform) failed/.test(lines[0] ?? "") ? lines.slice(1) : lines;
}
