import assert from "node:assert/strict";
import { grown } from "./growth";
import { CLOUD, type Sample, slopeOf, youngGenerationOf } from "./sample";

const sampleOf = (at: number, cloudMb: number, irisFiles: number): Sample => ({
  at,
  usage: new Map([
    [CLOUD, { processes: 1, mb: cloudMb, files: 60, youngMb: 128 }],
    ["iris", { processes: 2, mb: 90, files: irisFiles, youngMb: 32 }],
  ]),
});

describe("Samples of a process", () => {
  it("have the slope of the line that they lie on, and none of a single one", () => {
    assert.equal(
      slopeOf([
        [0, 1],
        [1, 3],
        [2, 5],
      ]),
      2,
    );
    assert.equal(slopeOf([[1, 7]]), 0);
  });

  it("do not grow where they only vary, and do where they go on growing", () => {
    const times = Array.from({ length: 60 }, (_, at) => at);
    assert.deepEqual(grown(times.map((at) => sampleOf(at, 200 + 15 * (at % 2), 30))), []);
    assert.deepEqual(grown(times.map((at) => sampleOf(at, 200 + 5 * at, 30 + at))), [
      "100.0 MB more in the last third of the time than in the second: the local cloud",
      "20.0 open files more in the last third of the time than in the second: iris",
    ]);
  });

  it("do not grow where V8's young generation doubles, and do where memory passes what it may take", () => {
    const times = Array.from({ length: 60 }, (_, at) => at);
    const step = (mb: number) => times.map((at) => sampleOf(at, at < 40 ? 150 : 150 + mb, 30));
    assert.deepEqual(grown(step(64)), []);
    assert.deepEqual(grown(step(200)), [
      "200.0 MB more in the last third of the time than in the second: the local cloud",
    ]);
  });

  it("have a young generation of twice the semi-space that the command line allows, rounded up to a power of two", () => {
    assert.equal(youngGenerationOf("node\0--max-semi-space-size=51\0index.js"), 128);
    assert.equal(youngGenerationOf("node\0index.js"), 32);
  });
});
