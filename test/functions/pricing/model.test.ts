import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { input } from "../../../functions/pricing/input";
import type { Card, CardSample } from "../../../functions/shared/card";
import { jsonSchema } from "../../../functions/shared/jsonSchema";

const folder = path.resolve(__dirname, "../../../functions/pricing/model");
const card: Card = JSON.parse(readFileSync(path.join(folder, "card.json"), "utf8"));
const features = card.inputs[0]?.labels ?? [];

/** The one file of an archive: a tar header of 512 bytes with the size at 124 in octal, then the content. */
function readModel(file: string): Buffer {
  const tar = gunzipSync(readFileSync(path.join(folder, file)));
  const size = Number.parseInt(tar.toString("latin1", 124, 135), 8);
  return tar.subarray(512, 512 + size);
}

async function score(model: Buffer, request: CardSample["request"]): Promise<number> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1 });
  const ride = Float32Array.from(features, (feature) => Number(request[feature]));
  const { score } = await session.run({ data: new Tensor("float32", ride, [1, features.length]) });
  await session.release();
  return Number(score?.data[0]);
}

function modelOf(sample: CardSample): Buffer {
  const breed = sample.request.breed;
  const file = breed === undefined ? card.files[0]?.path : `breeds/${breed}/model.tar.gz`;
  return readModel(String(file));
}

describe("pricing models", () => {
  it("are suggested by their breeds in the request's schema", () => {
    const { properties } = jsonSchema(input) as { properties: { breed: { examples: string[] } } };
    const breeds = card.files.map(({ path }) => /^breeds\/(.*)\/model.tar.gz$/.exec(path)?.[1]);
    assert.deepEqual(
      properties.breed.examples,
      breeds.filter((breed) => breed !== undefined),
    );
  });

  it("score every sample of the card as the card has it", async () => {
    const bodies = await Promise.all(
      card.samples.map(async (sample) =>
        JSON.stringify(Math.round((await score(modelOf(sample), sample.request)) * 100) / 100),
      ),
    );
    assert.deepEqual(
      bodies,
      card.samples.map((sample) => sample.answer.body),
    );
  });

  it("of two breeds differ by more than 0.2 on one ride", async () => {
    const [arabian, icelandic] = card.samples.filter((sample) => sample.request.breed !== undefined);
    assert.ok(arabian && icelandic);
    assert.deepEqual({ ...arabian.request, breed: "icelandic" }, icelandic.request);
    const difference =
      (await score(modelOf(icelandic), icelandic.request)) - (await score(modelOf(arabian), arabian.request));
    assert.ok(difference > 0.2, `the scores differ by ${difference}`);
  });

  it("become another breed's when weight and bias are overwritten where the card says", () => {
    const model = Buffer.from(readModel("breeds/arabian/model.tar.gz"));
    const other = readModel("breeds/icelandic/model.tar.gz");
    for (const [initializer, bytes] of [
      ["weight", 32],
      ["bias", 4],
    ] as const) {
      const mark = Buffer.concat([Buffer.from(initializer), Buffer.from([0x4a, bytes])]);
      const start = model.indexOf(mark) + mark.length;
      assert.equal(model.indexOf(mark), model.lastIndexOf(mark));
      other.copy(model, start, start, start + bytes);
    }
    assert.deepEqual(model, other);
  });
});
