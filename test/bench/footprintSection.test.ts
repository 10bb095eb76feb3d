import assert from "node:assert/strict";
import { readFootprint } from "../../bench/footprint/footprint";
import { footprintSection } from "../../bench/lib/footprintSection";
import { endpointCards } from "../../bin/lib/endpointCards";

describe("The section about footprints", () => {
  it("has each count beside its floor, and leaves out kinds that nobody counted", () => {
    const counts = { modules: 2, allocated: 27_524 };
    const floor = {
      handler: "ONNX Runtime" as const,
      counts: { zipped: 13_262, modules: 1, allocated: 5_556 },
    };
    const lines = footprintSection({
      machine: "linux x64, Node.js 20",
      packages: { iris: { zipped: 35_665 }, batch: { zipped: 1 } },
      endpoints: { iris: { counts, floor, memorySize: 1024 } },
    }).split("\n");
    assert.deepEqual(
      lines.filter((line) => line.startsWith("| endpoint | floor") || line.startsWith("| iris | ONNX")),
      [
        "| endpoint | floor | zipped | modules |",
        "| iris | ONNX Runtime | 35.7 KB / 13.3 KB | 2 / 1 |",
        "| endpoint | floor | allocated |",
        "| iris | ONNX Runtime | 27.5 KB / 5.56 KB |",
      ],
    );
  });

  it("has what a million predictions are billed, beside a millisecond each", () => {
    const floor = { handler: "Node.js" as const, counts: {} };
    const endpoints = { "image-validation": { counts: {}, floor, memorySize: 2048 } };
    const section = footprintSection({ machine: "any", packages: {}, endpoints });
    assert.match(
      section,
      /\| image-validation \| 2,048 MB \| [\d.]+ ms \| \d+ \/ 1 ms \| [\d,]+ \/ 2,000 \|/,
    );
  });

  it("The section about footprints has a row for every endpoint", () => {
    const section = footprintSection(readFootprint());
    for (const { name } of endpointCards()) assert.ok(section.split(`\n| ${name} |`).length >= 4, name);
  });
});
