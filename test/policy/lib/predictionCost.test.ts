import assert from "node:assert/strict";
import { predictionCost } from "../../../policy/lib/predictionCost";

const MEASURED = "2026-11-28";

describe("predictionCost", () => {
  it("Bills a duration by the millisecond, and a function below one vCPU for the time that it takes longer", () => {
    // 0.4 ms x 1769 / 1024 = 0.69 ms, billed as 1 ms: 1 GB x 1,000 s x 0.0000133334 = 0.0133334 USD, and 0.20.
    const iris = predictionCost(
      { memorySize: 1024, architecture: "arm64" },
      { milliseconds: 0.4, measured: MEASURED },
    );
    assert.deepEqual(
      [iris.billed, iris.functionUrl.toFixed(7), iris.restApi.toFixed(7)],
      [1, "0.2133334", "3.7133334"],
    );
    // 10 ms x 1769 / 512 = 34.55 ms, billed as 35 ms: 0.5 GB x 35,000 s x 0.0000133334 = 0.2333345 USD, and 0.20.
    const small = predictionCost(
      { memorySize: 512, architecture: "arm64" },
      { milliseconds: 10, measured: MEASURED },
    );
    assert.deepEqual([small.billed, small.functionUrl.toFixed(7)], [35, "0.4333345"]);
  });

  it("Takes no time off a function of more than one vCPU, and charges more for x86_64", () => {
    // 250.2 ms, billed as 251 ms: 2.9375 GB x 251,000 s x 0.0000166667 = 12.288566 USD, and 0.20.
    const smoke = predictionCost(
      { memorySize: 3008, architecture: "x86_64" },
      { milliseconds: 250.2, measured: MEASURED },
    );
    assert.deepEqual(
      [smoke.billed, smoke.functionUrl.toFixed(5), smoke.restApi.toFixed(5)],
      [251, "12.48857", "15.98857"],
    );
  });
});
