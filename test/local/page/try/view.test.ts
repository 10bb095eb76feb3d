import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { GenericSchema } from "valibot";
import { jsonSchema } from "../../../../functions/shared/jsonSchema";
import { uploadOutput } from "../../../../functions/smoke-segmentation/output";
import { uploadInput } from "../../../../functions/smoke-segmentation/uploadInput";
import {
  acceptedType,
  chooseView,
  percent,
  readShares,
  readVerdict,
  summarize,
} from "../../../../local/page/client/try/view";
import { readDescribed } from "./described";

const schemasOf = (output: Readonly<Record<string, GenericSchema>>) =>
  Object.fromEntries(Object.entries(output).map(([type, schema]) => [type, jsonSchema(schema)]));

const FUNCTIONS = path.resolve(__dirname, "../../../../functions");
const PAGE = path.resolve(__dirname, "../../../../local/page");

describe("The view of a response", () => {
  const viewOf = (response: unknown, said: Readonly<Record<string, unknown>> = {}) =>
    chooseView(readDescribed({ request: {}, response: { "application/json": response }, ...said }));

  for (const [name, kind] of [
    ["iris", "classes"],
    ["breast-cancer", "verdict"],
    ["pricing", "score"],
    ["image-validation", "boxes"],
    ["smoke-segmentation", "mask"],
  ] as const) {
    it(`is by the schema that ${name} gives: ${kind}`, async () => {
      const { output } = (await import(`../../../../functions/${name}/output`)) as {
        output: Record<string, GenericSchema>;
      };
      const upload = { request: jsonSchema(uploadInput), response: schemasOf(uploadOutput) };
      const others: Record<string, Record<string, unknown>> = kind === "mask" ? { "/uploads": upload } : {};
      assert.equal(
        chooseView(readDescribed({ request: {}, response: schemasOf(output) }, others)).kind,
        kind,
      );
    });
  }

  it("is a bar for each class that the card names, where the model gives a list", () => {
    const response = { type: "object", properties: { odds: { type: "array", items: { type: "number" } } } };
    const view = viewOf(response, { card: { outputs: [{ name: "odds", labels: ["no", "yes"] }] } });
    assert.ok(view.kind === "classes");
    assert.deepEqual(readShares(view, { odds: [0.25, 0.75] }), [
      { label: "no", value: 0.25 },
      { label: "yes", value: 0.75 },
    ]);
    assert.deepEqual(summarize(view, { odds: [0.25, 0.75] }), { text: "yes, 75 %", share: 0.75 });
    assert.equal(viewOf(response).kind, "json");
  });

  it("is what a number means, where the schema says it", () => {
    const options = [
      { const: 0, title: "calm" },
      { const: 1, title: "storm" },
    ];
    const view = viewOf({ type: "object", properties: { sky: { anyOf: options } } });
    assert.ok(view.kind === "verdict");
    assert.equal(readVerdict(view, { sky: 1 }), "storm");
    assert.equal(readVerdict(view, { sky: 7 }), "7");
  });

  it("is JSON for numbers of another range, and for what no schema describes", () => {
    assert.equal(viewOf({ type: "number", minimum: 0, maximum: 100 }).kind, "json");
    assert.equal(viewOf({}).kind, "json");
  });

  it("asks for JSON where an endpoint has that and text", () => {
    const response = { "text/plain": { type: "string" }, "application/json": { type: "object" } };
    assert.equal(acceptedType(readDescribed({ request: {}, response })), "application/json");
    assert.equal(acceptedType(readDescribed({ request: {}, response: { "text/plain": {} } })), "text/plain");
  });

  it("has more digits where a share is near 0 or 1, so that it is not taken for certain", () => {
    assert.deepEqual([0, 0.004, 0.5, 0.996, 1].map(percent), ["0 %", "0.4 %", "50 %", "99.6 %", "100 %"]);
  });
});

describe("The page's sources", () => {
  it("name no endpoint of the project", () => {
    const endpoints = readdirSync(FUNCTIONS).filter((name) =>
      existsSync(path.join(FUNCTIONS, name, "model/card.json")),
    );
    const found = readdirSync(PAGE, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(tsx?|css|html)$/.test(file))
      .flatMap((file) => {
        const text = readFileSync(path.join(PAGE, file), "utf8");
        return endpoints.filter((name) => text.includes(name)).map((name) => `${file}: ${name}`);
      });
    assert.deepEqual(found, []);
  });
});
