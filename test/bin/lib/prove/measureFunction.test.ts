import assert from "node:assert/strict";
import { measureFunction } from "../../../../bin/lib/prove/measureFunction";

const report = (duration: number, rest = "") =>
  `START RequestId: a\nREPORT RequestId: a\tDuration: ${duration} ms\tBilled Duration: ${Math.ceil(duration)} ms\tMemory Size: 512 MB\tMax Memory Used: ${80 + duration} MB${rest}\t\n`;

describe("measureFunction()", () => {
  it("tells the first request, which starts an instance, from the median of the others", async () => {
    const logs = [report(40, "\tInit Duration: 120.5 ms"), report(3), report(1), report(2)];
    assert.deepEqual(await measureFunction("iris", 4, async () => logs.shift() ?? ""), {
      name: "iris",
      memorySize: 512,
      maxMemoryUsed: 120,
      init: 120.5,
      first: 40,
      warm: 2,
      billed: 2,
    });
  });

  it("fails for a log without a report", async () => {
    await assert.rejects(
      measureFunction("iris", 1, async () => "END RequestId: a"),
      {
        message: "The log has no REPORT line: END RequestId: a",
      },
    );
  });
});
