import assert from "node:assert/strict";
import { input as imageInput } from "../../../../functions/image-validation/input";
import { input as irisInput } from "../../../../functions/iris/input";
import irisCard from "../../../../functions/iris/model/card.json";
import { input as pricingInput } from "../../../../functions/pricing/input";
import { jsonSchema } from "../../../../functions/shared/jsonSchema";
import type { CardTensor } from "../../../../local/page/client/try/described";
import { formFields, formWays, niceRange } from "../../../../local/page/client/try/fields";
import type { Schema } from "../../../../local/page/client/try/schema";

describe("The form of a request's schema", () => {
  it("has a number with its unit and the range of the card for a measurement that may be a string, too", () => {
    const fields = formFields(jsonSchema(irisInput) as Schema, irisCard.inputs as readonly CardTensor[]);
    assert.deepEqual(fields[0], {
      id: "sl",
      path: ["sl"],
      name: "sl",
      label: "Sepal length",
      unit: "cm",
      isRequired: true,
      control: { kind: "number", range: { least: 4.3, most: 7.9, step: 0.01 } },
    });
    assert.equal(fields.length, 4);
  });

  it("has suggestions for a string with examples, which is not required", () => {
    const breed = formFields(jsonSchema(pricingInput) as Schema).find(({ name }) => name === "breed");
    assert.equal(breed?.isRequired, false);
    assert.ok(breed?.control.kind === "text" && breed.control.suggestions.includes("arabian"));
  });

  it("has the ways of which a request takes one, named after what they hold", () => {
    const schema = jsonSchema(imageInput) as Schema;
    assert.deepEqual(formWays(schema), [
      { label: "Address", names: ["url"] },
      { label: "Bucket and key", names: ["bucket", "key"] },
      { label: "File", names: ["image"] },
    ]);
    const kinds = formFields(schema).map(({ name, control }) => [name, control.kind]);
    assert.deepEqual(kinds, [
      ["url", "text"],
      ["bucket", "text"],
      ["key", "text"],
      ["image", "file"],
    ]);
  });

  it("has members of objects, items of short lists, choices, booleans and null that is left out; else JSON", () => {
    const schema: Schema = {
      properties: {
        ride: { type: "object", properties: { kmPerHour: { type: "integer" } }, required: ["kmPerHour"] },
        corner: { type: "array", items: { type: "number" }, minItems: 2, maxItems: 2 },
        colour: { enum: ["red", "blue"] },
        rank: {
          anyOf: [
            { const: 1, title: "first" },
            { const: 2, title: "second" },
          ],
        },
        sure: { anyOf: [{ type: "boolean" }, { type: "null" }] },
        many: { type: "array", items: { type: "number" } },
      },
      required: ["ride"],
    };
    const fields = formFields(schema).map(({ id, label, control, isRequired }) => [
      id,
      label,
      control.kind,
      isRequired,
    ]);
    assert.deepEqual(fields, [
      ["ride.kmPerHour", "Km per hour", "number", true],
      ["corner.0", "Corner 1", "number", false],
      ["corner.1", "Corner 2", "number", false],
      ["colour", "Colour", "choice", false],
      ["rank", "Rank", "choice", false],
      ["sure", "Sure", "boolean", false],
      ["many", "Many", "json", false],
    ]);
  });

  it("takes a slider's range from the schema, else the card, else the samples", () => {
    const properties = {
      a: { type: "number", minimum: 0, maximum: 1 },
      b: { type: "number" },
      c: { type: "number" },
    };
    const inputs = [{ name: "x", labels: ["b"], ranges: [[-5, 5]] }];
    const samples = [{ title: "One", path: "/", request: { c: 20 } }];
    const ranges = formFields({ properties }, inputs, samples).map(({ control }) => control);
    assert.deepEqual(ranges, [
      { kind: "number", range: { least: 0, most: 1, step: 0.01 } },
      { kind: "number", range: { least: -5, most: 5, step: 0.1 } },
      { kind: "number", range: { least: 0, most: 30, step: 0.1 } },
    ]);
    const [alone] = formFields({ properties: { c: { type: "number" } } });
    assert.deepEqual(alone?.control, { kind: "number", range: undefined });
  });

  it("rounds a range outwards to steps that are powers of ten", () => {
    assert.deepEqual(niceRange(-314.7, 442.2), { least: -315, most: 443, step: 1 });
    assert.deepEqual(niceRange(0, 0.2012), { least: 0, most: 0.202, step: 0.001 });
    assert.equal(niceRange(1, 1), undefined);
  });
});
