type ImageFormat = "jpeg" | "png" | "webp";

const PNG_SIGNATURE = "89504e470d0a1a0a";

/** The format that the first bytes of a file announce, by sharp's names. */
export function imageFormat(bytes: Uint8Array): ImageFormat | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 12));
  if (start.toString("hex", 0, 3) === "ffd8ff") return "jpeg";
  if (start.toString("hex", 0, 8) === PNG_SIGNATURE) return "png";
  if (start.toString("latin1", 0, 4) === "RIFF" && start.toString("latin1", 8) === "WEBP") return "webp";
  return undefined;
}
