import { boolean, command, progress } from "@paddock/local/command";
import { declareStack } from "../test/helpers/program/declareStack";
import { grownSince } from "./footprint/compareCounts";
import { availableCounters } from "./footprint/countRequests";
import { type Footprint, MACHINE, readFootprint, writeFootprint } from "./footprint/footprint";
import { measureEndpoints, measurePackages } from "./footprint/measureFootprint";
import { writePerformancePage } from "./lib/writePerformancePage";

command({
  usage: "npm run footprint -- [options]",
  about:
    "Counts what functions take that no clock measures: bytes of archives, modules, system calls, allocations. Prints what grew since bench/footprint.json was written.",
  options: { write: boolean("write bench/footprint.json, and docs/performance.md with it") },
  async run({ write }) {
    progress.step("Packing the functions");
    const packages = await measurePackages((await declareStack()).resources);
    progress.step("Deploying them to a local cloud");
    const endpoints = await measureEndpoints({
      counters: availableCounters(),
      floors: true,
      onStep: (name) => progress.step(`Counting requests to ${name}`),
    });
    progress.end();
    const seen: Footprint = { machine: MACHINE, packages, endpoints };
    if (write) {
      writeFootprint(seen);
      writePerformancePage();
      return;
    }
    const grown = grownSince(readFootprint(), seen);
    for (const line of grown) console.log(line);
    if (grown.length > 0) process.exitCode = 1;
  },
});
