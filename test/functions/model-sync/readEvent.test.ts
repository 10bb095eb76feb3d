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
  it("takes the model that a deployment names, which has to be complete", () => {
    assert.deepEqual(readEvent({ model: "image-validation" }, "volume/"), [
      { model: "image-validation", complete: true },
    ]);
  });

  it("takes the models of uploaded keys, each once, and skips keys that are not a model's file", () => {
    const event = notification(
      "volume/one/model.onnx",
      "volume/two/parts/weights.bin",
      "volume/one/weights.bin",
      "volume/alone",
      "volume//card.json",
      "models/three/1/model.onnx",
      "volume/../secrets/card.json",
    );
    assert.deepEqual(readEvent(event, "volume/"), [
      { model: "one", complete: false },
      { model: "two", complete: false },
    ]);
  });

  it("wants a model complete once its own card is uploaded", () => {
    const complete = (...keys: string[]) =>
      readEvent(notification(...keys), "volume/").map((request) => request.complete);
    assert.deepEqual(complete("volume/one/card.json"), [true]);
    assert.deepEqual(complete("volume/one/card.json", "volume/one/model.onnx"), [true]);
    assert.deepEqual(complete("volume/one/parts/card.json"), [false]);
  });

  it("decodes keys as S3 encodes them", () => {
    const [plus] = readEvent(notification("volume/one/a+b%2Bc.onnx"), "volume/");
    const [slash] = readEvent(notification("volume%2Ftwo%2Fcard.json"), "volume/");
    assert.deepEqual(
      [plus, slash],
      [
        { model: "one", complete: false },
        { model: "two", complete: true },
      ],
    );
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
    it(`rejects ${JSON.stringify(event)}`, () => {
      assert.throws(() => readEvent(event, "volume/"), {
        message: 'The event is neither {"model": "<name>"} nor a notification of S3',
      });
    });
  }
});
