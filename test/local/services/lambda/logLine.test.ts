import assert from "node:assert/strict";
import { isErrorLine } from "../../../../local/services/lambda/logLine";

describe("A line of a function's log", () => {
  it("is an error where its severity says so, else where its level does", () => {
    for (const [line, isError] of [
      ['{"level":"fatal","severity":"info"}', false],
      ['{"level":"fatal","severity":"error"}', true],
      ['{"level":"error"}', true],
      ['{"level":"FATAL"}', true],
      ['{"level":"info","message":"\\"severity\\":\\"error\\""}', false],
      ["2026-11-28T12:00:00.000Z\tid\tERROR\tno hay", true],
      ["2026-11-28T12:00:00.000Z\tid\tINFO\thay", false],
    ] as const) {
      assert.equal(isErrorLine(line), isError, line);
    }
  });
});
