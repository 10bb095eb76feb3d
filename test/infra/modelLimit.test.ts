import assert from "node:assert/strict";
import { modelLimit } from "../../infra/models/modelLimit";

const MIB = 1024 * 1024;

describe("modelLimit", () => {
  it("leaves as much memory as loading takes beside the model, and room in /tmp", () => {
    const limits = [128, 256, 1024, 1184, 1185, 3008].map((memorySize) => modelLimit(memorySize) / MIB);
    assert.deepEqual(limits, [16, 32, 416, 496, 496, 496]);
  });
});
