import assert from "node:assert/strict";
import { BrokenModel } from "../../../../functions/shared/modelStore/brokenModel";

describe("BrokenModel", () => {
  it("An error of the class that another file of the archive has is one, and no other error is", () => {
    const inAnotherFile = class BrokenModel extends Error {
      override readonly name = "BrokenModel";
    };
    assert.ok(new BrokenModel("It is empty") instanceof BrokenModel);
    assert.ok(new inAnotherFile("It is empty") instanceof BrokenModel);
    for (const other of [new Error("It is empty"), { name: "BrokenModel" }, undefined]) {
      assert.ok(!(other instanceof BrokenModel));
    }
  });
});
