import assert from "node:assert/strict";
import { countedBy, grownCounts } from "../../bench/footprint/compareCounts";
import { type EndpointFootprint, MACHINE, readFootprint } from "../../bench/footprint/footprint";
import { measureEndpoints } from "../../bench/footprint/measureFootprint";
import { endpointCards } from "../../bin/lib/endpointCards";
import { describeWith } from "../helpers/process/describeWith";

const recorded = readFootprint();

describeWith("strace", "The system calls of requests", () => {
  if (recorded.machine !== MACHINE) {
    it(`is not tested here: bench/footprint.json is of ${recorded.machine}`);
    return;
  }
  let endpoints: Readonly<Record<string, EndpointFootprint>>;
  before(async () => {
    endpoints = await measureEndpoints({ counters: ["node", "strace"] });
  });

  for (const { name } of endpointCards()) {
    it(`of ${name} are no more than bench/footprint.json records`, () => {
      const counts = countedBy(endpoints[name]?.counts ?? {}, "strace");
      const grown = grownCounts(name, counts, recorded.endpoints[name]?.counts ?? {});
      assert.ok(grown.length === 0, grown.join("\n"));
    });
  }
});
