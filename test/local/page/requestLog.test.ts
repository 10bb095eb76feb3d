import assert from "node:assert/strict";
import { RequestLog } from "../../../local/page/requestLog";
import type { RequestReport } from "../../../local/services/lambda/requestReport";

function report(event: Buffer): RequestReport {
  return {
    via: "functionUrl",
    method: "POST",
    path: "/",
    status: 200,
    durationMs: 1,
    functionName: "iris-0123abc",
    invocation: {
      functionName: "iris-0123abc",
      version: "1",
      requestId: "1",
      status: "success",
      loggedErrors: [],
      durationMs: 1,
      billedMs: 1,
      memorySizeMb: 128,
      exchange: { event, response: Buffer.from("{}"), log: ["START"] },
    },
  };
}

describe("The page's log of requests", () => {
  it("keeps the last 500, and the functions' logical names", () => {
    const log = new RequestLog();
    for (let count = 0; count < 501; count++) log.add(report(Buffer.from("{}")));
    assert.equal(log.find("1"), undefined);
    assert.deepEqual([log.find("2")?.functionName, log.find("501")?.event], ["iris", "{}"]);
  });

  it("keeps at most 32 MB, and 1 MB of an event, of which it says that it is cut", () => {
    const log = new RequestLog();
    for (let count = 0; count < 40; count++) log.add(report(Buffer.alloc(2 * 1024 * 1024, "a")));
    const kept = Array.from({ length: 40 }, (_, index) => log.find(String(index + 1))).filter(Boolean);
    assert.ok(kept.length >= 30 && kept.length <= 32, `${kept.length}`);
    assert.deepEqual([kept.at(-1)?.event?.length, kept.at(-1)?.isCut], [1024 * 1024, true]);
  });

  it("drops a reader that takes nothing, and goes on for others", async () => {
    const log = new RequestLog();
    const stalled = log.stream();
    for (let count = 0; count < 40_000; count++) log.add(report(Buffer.alloc(0)));
    assert.equal(stalled.destroyed, true);
    const reader = log.stream();
    log.close();
    assert.equal(reader.destroyed, true);
  });
});
