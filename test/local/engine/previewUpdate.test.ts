import assert from "node:assert/strict";
import { previewUpdate } from "../../../local/engine/previewUpdate";
import type { ResourceType } from "../../../local/resources/resourceType";
import type { Properties } from "../../../local/resources/value";
import { UNKNOWN } from "../../../local/resources/value";

const TYPE = { type: "test", inputs: [], replaceOn: [], assigned: ["version"] } as unknown as ResourceType;
const outputsOf = (inputs: Properties): Properties => ({
  size: 128,
  ...inputs,
  arn: `arn:${inputs.name}`,
  hash: `#${inputs.code}`,
  version: "1",
});
const OLD = {
  inputs: { name: "iris", code: "a", layer: "l1" },
  outputs: { size: 128, name: "iris", code: "a", layer: "l1", arn: "arn:iris", hash: "#a", version: "7" },
};

describe("previewUpdate", () => {
  it("keeps what does not depend on the change, and gives up what does", () => {
    assert.deepEqual(previewUpdate(TYPE, outputsOf, OLD, { ...OLD.inputs, code: "b" }), {
      ...OLD.outputs,
      code: "b",
      hash: UNKNOWN,
      version: UNKNOWN,
    });
  });

  it("keeps what does not depend on an input that is not known yet", () => {
    assert.deepEqual(previewUpdate(TYPE, outputsOf, OLD, { ...OLD.inputs, layer: UNKNOWN }), {
      ...OLD.outputs,
      layer: UNKNOWN,
      version: UNKNOWN,
    });
  });

  it("expects no new version where only tags change", () => {
    assert.equal(previewUpdate(TYPE, outputsOf, OLD, { ...OLD.inputs, tags: { a: "b" } }).version, "7");
  });
});
