import type { HttpResponse } from "../../http/message";

/** Bytes of a file that are read to be shown. */
export const MAX_SHOWN_BYTES = 8 * 1024 * 1024;
const MAX_TEXT_BYTES = 256 * 1024;
const MAX_HEX_BYTES = 1024;

/** First bytes of the images that browsers show; SVG is text, as it can hold scripts. */
const IMAGES: readonly (readonly [type: string, isOne: (bytes: Buffer) => boolean])[] = [
  ["image/png", (bytes) => bytes.subarray(0, 4).toString("latin1") === "\x89PNG"],
  ["image/jpeg", (bytes) => bytes.subarray(0, 3).toString("hex") === "ffd8ff"],
  ["image/gif", (bytes) => /^GIF8[79]a/.test(bytes.subarray(0, 6).toString("latin1"))],
  ["image/webp", (bytes) => /^RIFF.{4}WEBP/s.test(bytes.subarray(0, 12).toString("latin1"))],
];

/**
 * Shows the content of a file: an image as it is, text as text, anything else as the hexadecimal numbers of its first
 * bytes. The header `x-shown-as` says which. Nothing is given a type that a browser would run.
 *
 * @param start  Its first bytes.
 * @param size   Bytes of the whole.
 */
export function showContent(start: Buffer, size: number): HttpResponse {
  const image = start.length === size ? IMAGES.find(([, isOne]) => isOne(start))?.[0] : undefined;
  if (image !== undefined) return shown("image", image, start, size);
  const text = start.subarray(0, MAX_TEXT_BYTES);
  if (isText(text)) return shown("text", "text/plain; charset=utf-8", text, size);
  return shown(
    "hex",
    "text/plain; charset=utf-8",
    Buffer.from(hexDump(start.subarray(0, MAX_HEX_BYTES))),
    size,
  );
}

function shown(as: "image" | "text" | "hex", type: string, body: Buffer, size: number): HttpResponse {
  return {
    status: 200,
    headers: [
      ["content-type", type],
      ["x-shown-as", as],
      ["x-size", String(size)],
      ["cache-control", "no-store"],
    ],
    body,
  };
}

function isText(bytes: Buffer): boolean {
  if (bytes.includes(0)) return false;
  try {
    // As a stream: the last character may be cut.
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Sixteen bytes a line: offset, numbers, ASCII. */
function hexDump(bytes: Buffer): string {
  const lines: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += 16) {
    const line = bytes.subarray(offset, offset + 16);
    const numbers = (line.toString("hex").match(/../g) ?? []).join(" ").padEnd(47);
    const ascii = line.toString("latin1").replace(/[^\x20-\x7e]/g, ".");
    lines.push(`${offset.toString(16).padStart(8, "0")}  ${numbers}  ${ascii}`);
  }
  return `${lines.join("\n")}\n`;
}
