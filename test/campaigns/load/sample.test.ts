import assert from "node:assert/strict";
import { grown } from "./load";
import { type Sample, slopeOf } from "./sample";

const FLAT: Sample = { at: 0, cloudMb: 200, cloudFiles: 60, instances: 4, instanceMb: 90, instanceFiles: 30 };

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
    const samples = Array.from({ length: 60 }, (_, at) => ({ ...FLAT, at, cloudMb: 200 + 15 * (at % 2) }));
    assert.deepEqual(grown(samples), []);
    const leaking = samples.map((sample, at) => ({
      ...sample,
      instanceFiles: 30 + at,
      cloudMb: 200 + 5 * at,
    }));
    assert.deepEqual(grown(leaking), [
      "100.0 MB more in the last third of the time than in the second: private memory of the local cloud",
      "20.0 files more in the last third of the time than in the second: open files of an instance",
    ]);
  });
});
