import { BadRequest } from "../errors";
import { NPY_HEADER_BYTES, type NpyHeader, readNpyHeader } from "./readNpyHeader";

/** An array as it lies in its file; `npyToFloat32` makes numbers of it. */
export interface NpyArray extends NpyHeader {
  readonly body: Uint8Array;
}

/** An array without what only its `.npy` file has. */
export type ArrayData = Omit<NpyArray, "version" | "bodyOffset">;

/**
 * Reads a `.npy` file as it arrives. The header is read before the body, and memory is taken only for a body
 * of the length that the store confirms; it keeps the file's own element type, so that an array never takes
 * more memory than its file has bytes. The source is closed when anything fails.
 *
 * @param chunks  The file, e.g. the body of an S3 `GetObject`.
 * @param fileLength  Length of the whole file in bytes, as its store (not its sender) says. The limit on it is
 *   the caller's to check, before it opens the file.
 * @param accept  Called with the header before the body is read; throws to reject it (shape, size).
 * @throws BadRequest  What {@link readNpyHeader} rejects, or a stream that is shorter or longer than `fileLength`.
 */
export async function readNpy(
  chunks: AsyncIterable<Uint8Array>,
  fileLength: number,
  accept: (header: NpyHeader) => void = () => {},
): Promise<NpyArray> {
  let start: Buffer = Buffer.alloc(0);
  let array: NpyArray | undefined;
  let received = 0;
  for await (const chunk of chunks) {
    const offset = received;
    received += chunk.length;
    if (received > fileLength) {
      throw new BadRequest(`The .npy file goes on after the ${fileLength} bytes it was said to have`);
    }
    if (array !== undefined) {
      array.body.set(chunk, offset - array.bodyOffset);
      continue;
    }
    start = Buffer.concat([start, chunk]);
    if (start.length >= Math.min(NPY_HEADER_BYTES, fileLength)) array = begin(start, fileLength, accept);
  }
  if (received < fileLength) {
    throw new BadRequest(`The .npy file ends after ${received} of its ${fileLength} bytes`);
  }
  return array ?? begin(start, fileLength, accept);
}

/** The array with as much of its body as `start` has. */
function begin(start: Buffer, fileLength: number, accept: (header: NpyHeader) => void): NpyArray {
  const header = readNpyHeader(start, fileLength);
  accept(header);
  const body = new Uint8Array(fileLength - header.bodyOffset);
  body.set(start.subarray(header.bodyOffset));
  return { ...header, body };
}
