import { createHash } from "node:crypto";
import { secretIn } from "../secretIn";
import type { NativeFile, PackagedFile } from "./package";
import { isElf, readElf } from "./readElf";

/** Mach-O for either word size and byte order, and its universal form. */
const MACH_O = new Set([0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe]);
const MACH_O_UNIVERSAL = 0xcafebabe;

/** Large bundles are below; above it a file is data, and searched for the plainest forms only. */
const MAX_TEXT_BYTES = 16 * 1024 * 1024;

/** Models that ONNX Runtime loads, and archives of them. */
export const MODEL = /\.(onnx|ort|tar\.gz|tgz)$/;

const CODE = /\.([cm]?js|py)$/;
const LFS_POINTER = "version https://git-lfs.github.com/spec/v1";

/** Judges a file by its content: what a name says is not what a loader sees. */
export async function inspectFile(path: string, bytes: Uint8Array, mode?: number): Promise<PackagedFile> {
  const native = nativeOf(bytes);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const isText = native === undefined && bytes.length <= MAX_TEXT_BYTES && !bytes.includes(0);
  return {
    path,
    size: bytes.length,
    native,
    secret: native === undefined ? await secretIn(text, isText ? path : undefined) : undefined,
    isPointer: text.startsWith(LFS_POINTER),
    ...(mode !== undefined && { mode }),
    ...(MODEL.test(path) && { sha256: createHash("sha256").update(bytes).digest("hex") }),
    ...(isText && CODE.test(path) && { code: Buffer.from(bytes).toString("utf8") }),
  };
}

function nativeOf(bytes: Uint8Array): NativeFile | undefined {
  if (isElf(bytes)) {
    try {
      return { format: "ELF", ...readElf(bytes) };
    } catch (error) {
      return { format: "damaged", reason: (error as Error).message };
    }
  }
  if (bytes.length < 64) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  // Java classes begin like universal binaries; those count a few architectures where classes have their version.
  if (MACH_O.has(magic) || (magic === MACH_O_UNIVERSAL && view.getUint32(4) < 20))
    return { format: "Mach-O" };
  return isWindows(view) ? { format: "Windows" } : undefined;
}

/** `MZ`, and the offset at 60 leads to `PE\0\0`. */
function isWindows(view: DataView): boolean {
  if (view.getUint16(0) !== 0x4d5a) return false;
  const header = view.getUint32(60, true);
  return header + 4 <= view.byteLength && view.getUint32(header) === 0x50450000;
}
