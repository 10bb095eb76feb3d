import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { LocalCloud } from "@paddock/local/cli";
import { startProject } from "../helpers/cloud/startProject";

const README = fs.readFileSync(path.resolve(__dirname, "../../README.md"), "utf8");

/** Output by the address that README shows for it. */
const shown = new Map([...README.matchAll(/^ {2}(\w+Url) +(\S+)$/gm)].map(([, name, url]) => [url, name]));

/** Requests with the answer on the line below. */
const examples = [...README.matchAll(/^curl -d '(.*)' (\S+)\n(\S.*)$/gm)].map(
  ([, body, url, answer]) => [body, shown.get(url), answer] as const,
);

describe("README's examples", () => {
  let cloud: LocalCloud;

  before(async () => {
    cloud = await startProject({ stack: "dev" });
  });
  after(() => cloud?.close());

  it("are there, for endpoints of its own table", () => {
    assert.deepStrictEqual(
      examples.map(([, output]) => output),
      ["irisUrl", "breastCancerUrl", "pricingUrl"],
    );
  });

  it("answer as it says", async () => {
    for (const [body, output, answer] of examples) {
      const response = await fetch(String(cloud.outputs[String(output)]), { method: "POST", body });
      assert.strictEqual(await response.text(), answer);
    }
  });
});
