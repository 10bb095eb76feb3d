import assert from "node:assert/strict";
import { readEvent } from "../../../functions/model-sync/readEvent";

const notification = (...keys: string[]) => ({
  Records: keys.map((key) => ({
    eventSource: "aws:s3",
    eventName: "ObjectCreated:Put",
    s3: { bucket: { name: "models" }, object: { key } },
  })),
});

describe("readEvent", () => {
  it("takes the model that a deployment names", () => {
    assert.deepStrictEqual(readEvent({ model: "image-validation" }, "volume/"), {
      models: ["image-validation"],
      uploads: false,
    });
  });

  it("takes the models of uploaded keys, each once, and no key that is not a model's file", () => {
    const event = notification(
      "volume/one/model.onnx",
      "volume/two/parts/weights.bin",
      "volume/one/card.json",
      "volume/alone",
      "volume//card.json",
      "models/three/1/model.onnx",
      "volume/../secrets/card.json",
    );
    assert.deepStrictEqual(readEvent(event, "volume/"), { models: ["one", "two"], uploads: true });
  });

  it("decodes keys as S3 encodes them", () => {
    assert.deepStrictEqual(readEvent(notification("volume/one/a+b%2Bc.onnx"), "volume/").models, ["one"]);
    assert.deepStrictEqual(readEvent(notification("volume%2Ftwo%2Fmodel.onnx"), "volume/").models, ["two"]);
  });

  for (const event of [
    undefined,
    null,
    {},
    { model: 1 },
    { model: "../etc" },
    { model: "" },
    { Records: 1 },
  ]) {
    it(`refuses ${JSON.stringify(event)}`, () => {
      assert.throws(() => readEvent(event, "volume/"), {
        message: 'The event is neither {"model": "<name>"} nor a notification of S3',
      });
    });
  }
});
