import assert from "node:assert/strict";
import { grown } from "./load";
import { CLOUD, type Sample, slopeOf } from "./sample";

const sampleOf = (at: number, cloudMb: number, irisFiles: number): Sample => ({
  at,
  usage: new Map([
    [CLOUD, { processes: 1, mb: cloudMb, files: 60 }],
    ["iris", { processes: 2, mb: 90, files: irisFiles }],
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
});
