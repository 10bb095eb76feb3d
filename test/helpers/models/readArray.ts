import { npyToFloat32 } from "../../../functions/shared/npy/npyToFloat32";
import { readNpyHeader } from "../../../functions/shared/npy/readNpyHeader";

/** A whole `.npy` file as numbers. */
export function readArray(file: Buffer): { shape: readonly number[]; values: Float32Array } {
  const header = readNpyHeader(file, file.length);
  const body = Uint8Array.from(file.subarray(header.bodyOffset));
  return { shape: header.shape, values: npyToFloat32({ ...header, body }) };
}
