import { BadRequest } from "../shared/errors";
import { readNpy } from "../shared/npy/readNpy";
import { readGeoTiff } from "./geoTiff/readGeoTiff";
import { isTiff } from "./geoTiff/readTiffDirectory";
import type { SceneFile } from "./sceneFile";

/**
 * Reads a file of scenes as it arrives: a GeoTIFF by its first bytes, else a `.npy` file.
 *
 * @param fileLength  In bytes, as the file's store says; the limit on it is the caller's to check.
 * @param accept      Called with the shape before memory is taken for the scenes; throws to reject it.
 * @throws BadRequest  What is neither, is damaged, or is not supported.
 */
export async function readSceneFile(
  chunks: AsyncIterable<Uint8Array>,
  fileLength: number,
  accept: (image: { shape: readonly number[] }) => void = () => {},
): Promise<SceneFile> {
  const iterator = chunks[Symbol.asyncIterator]();
  let start: Uint8Array = new Uint8Array();
  let ended = false;
  while (start.length < 4 && !ended) {
    const next = await iterator.next();
    ended = next.done === true;
    if (!ended) start = Buffer.concat([start, next.value]);
  }
  const all = async function* () {
    yield start;
    yield* { [Symbol.asyncIterator]: () => iterator };
  };
  return isTiff(start)
    ? readGeoTiff(await collect(all(), fileLength), accept)
    : readNpy(all(), fileLength, accept);
}

async function collect(chunks: AsyncIterable<Uint8Array>, length: number): Promise<Buffer> {
  const file = Buffer.from(new ArrayBuffer(length));
  let received = 0;
  for await (const chunk of chunks) {
    if (received + chunk.length > length) break;
    file.set(chunk, received);
    received += chunk.length;
  }
  if (received < length) throw new BadRequest(`The GeoTIFF ends after ${received} of its ${length} bytes`);
  return file;
}
