import assert from "node:assert/strict";
import { countedBy, grownCounts } from "../../bench/footprint/compareCounts";
import { availableCounters } from "../../bench/footprint/countRequests";
import { type EndpointFootprint, MACHINE, readFootprint } from "../../bench/footprint/footprint";
import type { Counter } from "../../bench/footprint/kinds";
import { measureEndpoints } from "../../bench/footprint/measureFootprint";
import { endpointCards } from "../../bin/lib/endpointCards";
import { describeWith } from "../helpers/process/describeWith";

const recorded = readFootprint();

let measured: Promise<Readonly<Record<string, EndpointFootprint>>> | undefined;

/** Deploys and counts once for all programs. */
function measure(): Promise<Readonly<Record<string, EndpointFootprint>>> {
  measured ??= measureEndpoints({ counters: availableCounters() });
  return measured;
}

describe("The modules, allocations and log lines of requests", () => testCounts("node"));
describeWith("strace", "The system calls of requests", () => testCounts("strace"));
describeWith("valgrind", "The instructions of requests", () => testCounts("valgrind"));

function testCounts(counter: Counter): void {
  if (recorded.machine !== MACHINE) {
    it(`is not tested here: bench/footprint.json is of ${recorded.machine}`);
    return;
  }
  before(measure);

  for (const { name } of endpointCards()) {
    const { counts = {} } = recorded.endpoints[name] ?? {};
    // Large requests take too long under valgrind.
    if (Object.keys(countedBy(counts, counter)).length === 0) continue;
    it(`to ${name} are no more than bench/footprint.json records`, async () => {
      const seen = countedBy((await measure())[name]?.counts ?? {}, counter);
      const grown = grownCounts(name, seen, counts);
      assert.ok(grown.length === 0, grown.join("\n"));
    });
  }
}
