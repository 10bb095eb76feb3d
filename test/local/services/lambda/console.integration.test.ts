import assert from "node:assert/strict";
import { type TemporaryLambda, temporaryLambda } from "../../../helpers/services/temporaryLambda";

describe("a function's log", () => {
  let lambda: TemporaryLambda;
  beforeEach(() => {
    lambda = temporaryLambda();
  });
  afterEach(() => lambda.close());

  /** Gives what the function wrote, with times and ids as `<time>` and `<id>`. */
  async function linesOf(
    body: string,
    settings: Parameters<TemporaryLambda["deploy"]>[2] = {},
  ): Promise<string[]> {
    await lambda.deploy("f", `exports.handler = async () => { ${body} }`, settings);
    await lambda.call("f");
    return lambda.log
      .filter(({ source }) => source === "function")
      .map(({ line }) =>
        line
          .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>")
          .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<id>"),
      );
  }

  it("has console's lines as text with time, request id and level, a line break as carriage return", async () => {
    const lines = await linesOf("console.log('%s\\nb', 'a', {c: 1}); console.warn('w'); console.debug('d')");
    assert.deepEqual(lines, [
      "<time>\t<id>\tINFO\ta\rb { c: 1 }",
      "<time>\t<id>\tWARN\tw",
      "<time>\t<id>\tDEBUG\td",
    ]);
  });

  it("has them as JSON where the function says so, from its level up", async () => {
    const body = "console.info('i'); console.warn({a: 1}); console.error('e', new TypeError('t'))";
    const lines = await linesOf(body, { logFormat: "JSON", applicationLogLevel: "WARN" });
    const [warn, error] = lines.map((line) => JSON.parse(line));
    assert.deepEqual(warn, { timestamp: "<time>", level: "WARN", requestId: "<id>", message: { a: 1 } });
    assert.deepEqual(
      [lines.length, error.level, error.errorType, error.errorMessage, Array.isArray(error.stackTrace)],
      [2, "ERROR", "TypeError", "t", true],
    );
  });

  it("has what is written to standard output and error as it is, in lines, the last one without an end too", async () => {
    const lines = await linesOf(
      "process.stdout.write('{\"a\":1}\\nb\\rc\\n'); process.stderr.write('rest'); process.exit(1)",
    );
    assert.deepEqual(lines.sort(), ["b\rc", "rest", '{"a":1}']);
  });

  it("lacks lines of JSON below the function's level; without a timestamp they count as INFO", async () => {
    const lines = [
      { level: "info", timestamp: "2026-11-28T12:00:00.000Z" },
      { level: "fatal", timestamp: "2026-11-28T12:00:00.000Z" },
      { level: "fatal" },
      { level: "loud", timestamp: "2026-11-28T12:00:00.000Z" },
    ];
    const written = lines.map((line) => JSON.stringify(line)).concat("text");
    const body = `process.stdout.write(${JSON.stringify(`${written.join("\n")}\n`)})`;
    const kept = await linesOf(body, { logFormat: "JSON", applicationLogLevel: "WARN" });
    assert.deepEqual(kept, ['{"level":"fatal","timestamp":"<time>"}', "text"]);
  });

  it("has Lambda's own lines around them, and the words of a crash", async () => {
    await lambda.deploy("f", "exports.handler = async () => process.exit(4)");
    await lambda.call("f");
    const platform = lambda.log
      .filter(({ source }) => source === "platform")
      .map(({ line }) => line.split(" RequestId")[0]);
    assert.deepEqual(platform, ["START", platform[1], "END", "REPORT"]);
    assert.match(
      platform[1] ?? "",
      /^RequestId: [0-9a-f-]+ Error: Runtime exited with error: exit status 4\nRuntime.ExitError$/,
    );
  });
});
