import assert from "node:assert/strict";
import { grownCounts, grownSince } from "../../bench/footprint/compareCounts";
import { type EndpointFootprint, MACHINE, readFootprint } from "../../bench/footprint/footprint";
import { measureEndpoints, measurePackages } from "../../bench/footprint/measureFootprint";
import { endpointCards } from "../../bin/lib/endpointCards";
import { declareStack } from "../helpers/program/declareStack";

const recorded = readFootprint();

/** Fails with the lines that say what grew. */
function assertNothingGrew(grown: readonly string[]): void {
  assert.ok(grown.length === 0, grown.join("\n"));
}

describe("The footprint of archives", () => {
  it("is no bigger than what bench/footprint.json records", async () => {
    const packages = await measurePackages((await declareStack()).resources);
    assertNothingGrew(grownSince(recorded, { machine: "any", packages, endpoints: {} }));
  });
});

describe("The footprint of requests", () => {
  // V8 and Node.js differ themselves.
  if (recorded.machine !== MACHINE) {
    it(`is not tested here: bench/footprint.json is of ${recorded.machine}`);
    return;
  }
  let endpoints: Readonly<Record<string, EndpointFootprint>>;
  before(async () => {
    endpoints = await measureEndpoints({ counters: ["node"] });
  });

  for (const { name } of endpointCards()) {
    it(`of ${name} is no bigger than what bench/footprint.json records`, () => {
      assertNothingGrew(
        grownCounts(name, endpoints[name]?.counts ?? {}, recorded.endpoints[name]?.counts ?? {}),
      );
    });
  }
});
