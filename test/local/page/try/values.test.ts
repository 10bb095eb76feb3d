import assert from "node:assert/strict";
import { formFields } from "../../../../local/page/client/try/fields";
import { requestOf, valuesOf } from "../../../../local/page/client/try/values";

const FIELDS = formFields({
  properties: {
    length: { type: "number" },
    ride: { type: "object", properties: { tired: { type: "boolean" } } },
    corner: { type: "array", items: { type: "number" }, minItems: 2, maxItems: 2 },
    rank: { enum: [1, 2] },
    name: { type: "string" },
    more: { type: "object" },
  },
});

describe("What a form holds", () => {
  const request = {
    length: 1.5,
    ride: { tired: false },
    corner: [1, 2],
    rank: 2,
    name: "7",
    more: { of: [null] },
  };

  it("is the request that it was filled with", () => {
    assert.deepEqual(requestOf(FIELDS, valuesOf(FIELDS, request)), request);
  });

  it("A form's request leaves out what is empty", () => {
    assert.deepEqual(requestOf(FIELDS, valuesOf(FIELDS, { length: 0 })), { length: 0 });
  });

  it("sends what is no number or no JSON as it was typed, so that the endpoint says what is wrong", () => {
    const values = { length: "1,5", more: "{" };
    assert.deepEqual(requestOf(FIELDS, values), { length: "1,5", more: "{" });
    assert.deepEqual(requestOf(FIELDS, { length: "1e999" }), { length: "1e999" });
  });
});
