import fs from "node:fs";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { gunzipSync, gzipSync } from "node:zlib";
import { pack } from "tar-stream";

const ARABIAN = path.resolve(__dirname, "../../functions/pricing/model/breeds/arabian/model.tar.gz");

export interface Breed {
  readonly name: string;
  readonly archive: Buffer;
  /** Weights of distance, healthpoints, magicpoints, TMIN, TMAX, PRCP, distance * cold, distance * rain. */
  readonly weight: Float32Array;
  readonly bias: number;
}

/**
 * Makes breeds without Python: a demonstration breed's model with its `weight` and `bias` overwritten, where the notes
 * of `functions/pricing/model/card.json` say. The same number gives the same breed.
 */
export async function makeBreeds(count: number): Promise<Breed[]> {
  const tar = gunzipSync(fs.readFileSync(ARABIAN));
  const model = tar.subarray(512, 512 + Number.parseInt(tar.toString("latin1", 124, 135), 8));
  return Promise.all(Array.from({ length: count }, (_, number) => makeBreed(model, number)));
}

async function makeBreed(template: Buffer, number: number): Promise<Breed> {
  const [a, b] = [((number * 37) % 160) / 100 - 0.4, ((number * 61) % 160) / 100 - 0.4];
  // Heavy from magicpoints = 50 * distance * (1 + a * cold + b * rain) on.
  const weight = Float32Array.of(-0.1, 0, 0.002, 0, 0, 0, -0.1 * a, -0.1 * b);
  const model = Buffer.from(template);
  overwrite(model, "weight", Buffer.from(weight.buffer));
  overwrite(model, "bias", Buffer.from(Float32Array.of(0).buffer));
  const tar = pack();
  tar.entry({ name: "model.onnx", mtime: new Date(0) }, model);
  tar.finalize();
  const name = `breed-${String(number).padStart(5, "0")}`;
  return { name, archive: gzipSync(await buffer(tar)), weight, bias: 0 };
}

/** ONNX has the values as raw little-endian bytes behind the initializer's name, a tag and their length. */
function overwrite(model: Buffer, initializer: string, bytes: Buffer): void {
  const mark = Buffer.concat([Buffer.from(initializer), Buffer.from([0x4a, bytes.length])]);
  const at = model.indexOf(mark);
  if (at < 0) throw new Error(`The model has no initializer ${initializer} of ${bytes.length} bytes`);
  bytes.copy(model, at + mark.length);
}
