import assert from "node:assert/strict";
import { Tensor } from "onnxruntime-node";
import { compareShadow, differences, isShadowEvent } from "../../../functions/open-inference/compareShadow";
import type { ModelRepository } from "../../../functions/open-inference/modelRepository";
import { protocol } from "../../../functions/open-inference/protocol";
import { type ShadowRequest, shadowSender } from "../../../functions/open-inference/shadowSender";
import { type Aliases, aliases } from "../../../functions/shared/aliases";
import { readEvent } from "../../../functions/shared/events";
import { takeMetrics } from "../../../functions/shared/metrics";
import { validate } from "../../../functions/shared/validate";
import { captureLogs } from "../../helpers/handlers/captureLogs";

const FILE: Aliases = { live: "3", shadow: "5" };
const BODY = { inputs: [{ name: "x", shape: [1], datatype: "FP32", data: [1] }] };

/** A repository whose versions say which of them was asked, and then cannot be loaded. */
const repository = (asked: string[]): ModelRepository => ({
  index: async () => [],
  versions: async () => ["5", "4", "3"],
  aliases: async () => FILE,
  async use(_name, version) {
    asked.push(version);
    throw new Error(`version ${version} is broken`);
  },
});

const request = (path: string, body: unknown = BODY) =>
  readEvent(
    {
      version: "2.0",
      rawPath: path,
      headers: { "content-type": "application/json", "x-user-id": "me" },
      requestContext: { http: { method: "POST" } },
      body: JSON.stringify(body),
    },
    undefined,
    "open-inference",
  );

describe("a shadow", () => {
  it("is sent each request that the aliases decide on, with the version that answers it", async () => {
    const sent: object[] = [];
    const ask = (path: string) =>
      protocol(request(path), repository([]), (_request, versions) => sent.push(versions)).catch(() => {});
    await ask("/v2/models/m/infer");
    await ask("/v2/models/m/versions/4/infer");
    assert.deepEqual(sent, [{ model: "m", version: "3", shadow: "5" }]);
  });

  it("is left out, and counted, where the event would pass Lambda's limit", () => {
    takeMetrics();
    const large = request("/v2/models/m/infer", { text: "x".repeat(800_000) });
    shadowSender("fn", "live")(large, { model: "m", version: "3", shadow: "5" });
    assert.match(String(large.fields.shadow), /^left out: an event of \d+ bytes; at most 1048576 are taken$/);
    assert.deepEqual(takeMetrics(), { ShadowsLeftOut: 1 });
  });

  it("is known by its event, asks both versions, and writes a failure into the log", async () => {
    const asked: string[] = [];
    const shadow: ShadowRequest = {
      ...{ model: "m", version: "3", shadow: "5", headers: {}, isText: true, charset: undefined },
      body: Buffer.from(JSON.stringify(BODY)).toString("base64"),
    };
    assert.ok(isShadowEvent({ shadow }));
    assert.equal(isShadowEvent(BODY), false);
    const lines = await captureLogs(() => compareShadow({ shadow }, repository(asked), "id"));
    assert.deepEqual(asked, ["3"]);
    assert.match(JSON.stringify(lines), /"shadow":"5".*version 3 is broken/);
  });

  it("differs by the values of an output, or by its form", () => {
    const floats = (...data: number[]) => new Tensor("float32", Float32Array.from(data), [data.length]);
    assert.deepEqual(differences([["p", floats(1, Number.NaN)]], [["p", floats(1, Number.NaN)]]), {});
    assert.deepEqual(
      differences(
        [
          ["p", floats(1, 2)],
          ["q", floats(1)],
          ["label", new Tensor("string", ["a"], [1])],
        ],
        [
          ["p", floats(1, 2.5)],
          ["label", new Tensor("string", ["b"], [1])],
        ],
      ),
      {
        p: { values: 1, of: 2, most: 0.5 },
        q: { form: "missing, not float32 [1]" },
        label: { values: 1, of: 1 },
      },
    );
  });

  it("is a version's number in the file", () => {
    assert.equal(validate(aliases, { live: "3", shadow: "5" }).shadow, "5");
    assert.throws(() => validate(aliases, { live: "3", shadow: "five" }), /must be a whole number/);
  });
});
