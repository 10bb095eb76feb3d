import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { LocalCloud } from "@paddock/local/cli";
import { EndpointCaller } from "../../bin/lib/endpointCaller";
import type { Card } from "../../functions/shared/card";
import { startProject } from "../helpers/cloud/startProject";

const FUNCTIONS = path.resolve(__dirname, "../../functions");

const cards = fs
  .readdirSync(FUNCTIONS)
  .map((name) => path.join(FUNCTIONS, name, "model", "card.json"))
  .filter((file) => fs.existsSync(file) && fs.existsSync(path.join(path.dirname(file), "..", "index.ts")))
  .map((file) => JSON.parse(fs.readFileSync(file, "utf8")) as Card);

const deployed = process.env.PADDOCK_OUTPUTS;

/**
 * Every sample of every card, over every way in. Against the local cloud under each stack's settings, or against the
 * deployed stack whose outputs (`pulumi stack output --json`) are in the file that PADDOCK_OUTPUTS names; where it
 * takes signed requests alone, they are signed with AWS's usual credentials.
 */
for (const stack of deployed ? ["as it is deployed"] : ["dev", "prod"]) {
  describe(`contract, stack ${stack}`, () => {
    let cloud: LocalCloud | undefined;
    let outputs: Readonly<Record<string, unknown>>;
    let caller: EndpointCaller;

    before(async () => {
      if (deployed) {
        outputs = JSON.parse(fs.readFileSync(deployed, "utf8"));
        caller = new EndpointCaller();
      } else {
        cloud = await startProject({ stack });
        outputs = cloud.outputs;
        caller = new EndpointCaller({ credentials: cloud.rootKey, region: cloud.region });
      }
    });
    after(() => cloud?.close());

    for (const { name, samples } of cards) {
      const urlName = `${name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Url`;
      const ways: Readonly<Record<string, () => string>> = {
        "function URL": () => String(outputs[urlName]),
        // The protocol's own paths are the endpoint's: it has no resource of its name.
        "REST API": () => (name === "open-inference" ? `${outputs.apiUrl}` : `${outputs.apiUrl}/${name}`),
      };
      for (const [way, address] of Object.entries(ways)) {
        it(`${name} answers its samples over its ${way}`, async () => {
          for (const { path: within = "/", request, answer } of samples) {
            const url = `${address().replace(/\/$/, "")}${within === "/" ? "" : within}`;
            const response = await caller.post(url, JSON.stringify(request));
            const body = await response.text();
            assert.deepEqual({ status: response.status, ...("body" in answer && { body }) }, answer);
            assert.ok(response.headers.get("x-request-id"), "x-request-id is missing");
          }
        });
      }
    }
  });
}
