import assert from "node:assert/strict";
import { requestLine } from "../../../local/cli/requestLine";
import { paintFor } from "../../../local/cli/terminal";
import type { InvocationReport } from "../../../local/services/lambda/invocation";
import type { RequestReport } from "../../../local/services/lambda/requestReport";

const invocation: InvocationReport = {
  functionName: "smoke-segmentation-0123abc",
  version: "1",
  requestId: "1",
  status: "success",
  loggedErrors: [],
  initMs: 1239.4,
  durationMs: 53,
  billedMs: 1293,
  memorySizeMb: 1024,
  maxMemoryUsedMb: 1024,
  exchange: { event: Buffer.from("{}"), response: Buffer.from("{}"), log: [] },
};
const report: RequestReport = {
  via: "restApi",
  method: "POST",
  path: "/prod/smoke-segmentation/uploads",
  status: 200,
  durationMs: 60,
  functionName: invocation.functionName,
  invocation,
};

describe("A request's line", () => {
  it("fits 80 columns of a terminal, and names the end of what was asked", () => {
    const line = requestLine(report, { columns: 80 });
    assert.equal(line.length, 80);
    assert.match(
      line,
      /^\d\d:\d\d:\d\d 200 POST \/…ntation\/uploads smoke-segmentation 1293 ms 1024 MB init 1239$/,
    );
  });

  it("shows all that was asked in a pipe and in a wide terminal", () => {
    for (const columns of [undefined, 120]) {
      assert.match(requestLine(report, { columns }), / POST \/prod\/smoke-segmentation\/uploads smoke/);
    }
  });

  it("has the colour of its status", () => {
    const colours = { 200: "green", 302: "cyan", 403: "yellow", 502: "red" } as const;
    const paint = paintFor({ isTTY: true, hasColors: () => true });
    for (const [status, colour] of Object.entries(colours)) {
      assert.notEqual(paint(colour, status), status);
      const line = requestLine({ ...report, status: Number(status) }, { paint });
      assert.ok(line.includes(paint(colour, status)), line);
    }
  });

  it("says that the old code answered while a change cannot be served", () => {
    const [, second] = requestLine(report, { unserved: ["functions/iris/index.ts"] }).split("\n");
    assert.equal(second, "    old code: the saved functions/iris/index.ts cannot be served");
  });
});
