import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { predict } from "../../../../functions/pricing/predict";
import { EVALUATOR_KEY, EVALUATOR_MARK } from "../../../../functions/shared/evaluator/mark";
import { bucketSource } from "../../../../functions/shared/modelStore/bucketSource";
import { ModelStore } from "../../../../functions/shared/modelStore/modelStore";
import { objectStore } from "../../../../functions/shared/objectStore";
import { packTarGz } from "../../../helpers/models/packTarGz";
import { useLocalS3 } from "../../../helpers/services/useLocalS3";

const ROOT = path.resolve(__dirname, "../../../..");
const ARABIAN = fs.readFileSync(path.join(ROOT, "functions/pricing/model/breeds/arabian/model.tar.gz"));
const TREES = fs.readFileSync(path.join(ROOT, "test/fixtures/trees/rides/xgboost-model"));
const RIDE = { distance: 30, healthpoints: 30, magicpoints: 2500, TMAX: 333, TMIN: 300, PRCP: 0 };

/** More than what the evaluator takes for a small model, and less than any session. */
const LESS_THAN_A_SESSION = 64 * 1024;

describe("A model that is marked for the evaluator", () => {
  const local = useLocalS3();
  const put = (Key: string, Body: Uint8Array, mark?: string) =>
    local.s3.client().send(
      new PutObjectCommand({
        Bucket: "bucket",
        Key,
        Body,
        ...(mark !== undefined && { Metadata: { [EVALUATOR_KEY]: mark } }),
      }),
    );

  /** The model's score of a ride, and the memory that the store counts for it. */
  async function ask(key: string): Promise<{ score: number; bytes: number }> {
    const source = bucketSource(objectStore("bucket"));
    const store = new ModelStore({ source, maxBytes: 2 ** 26, checkSeconds: 60 });
    const score = await store.use(key, {}, (session) => predict(session, RIDE));
    return { score, bytes: store.size.bytes };
  }

  for (const [what, archive] of [
    ["ONNX", async () => ARABIAN],
    ["XGBoost", () => packTarGz({ name: "xgboost-model", content: TREES })],
  ] as const) {
    it(`is evaluated in JavaScript, with the score that ONNX Runtime gives (${what})`, async () => {
      await put("marked/model.tar.gz", await archive(), EVALUATOR_MARK);
      await put("unmarked/model.tar.gz", await archive());
      const [marked, unmarked] = [await ask("marked/model.tar.gz"), await ask("unmarked/model.tar.gz")];
      assert.equal(marked.score, unmarked.score);
      assert.ok(marked.bytes < LESS_THAN_A_SESSION, `${marked.bytes} bytes`);
      assert.ok(unmarked.bytes > LESS_THAN_A_SESSION, `${unmarked.bytes} bytes`);
    });
  }

  it("is served by ONNX Runtime where another evaluator was compared", async () => {
    await put("older/model.tar.gz", ARABIAN, "0");
    assert.ok((await ask("older/model.tar.gz")).bytes > LESS_THAN_A_SESSION);
  });
});
