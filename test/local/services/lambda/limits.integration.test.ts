import assert from "node:assert/strict";
import { type TemporaryLambda, temporaryLambda } from "../../../helpers/services/temporaryLambda";

/** An invocation's error with the request id, which differs each time, written as `<id>`. */
function anonymous(payload: Buffer): Record<string, string> {
  return JSON.parse(payload.toString("utf8").replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<id>"));
}

describe("Lambda's limits", () => {
  let lambda: TemporaryLambda;
  /** Ends functions that take longer to load. */
  let hurried: TemporaryLambda;
  before(() => {
    lambda = temporaryLambda();
    hurried = temporaryLambda({ initLimitMs: 400 });
  });
  after(() => Promise.all([lambda.close(), hurried.close()]));

  async function invoke(functionName: string, event: unknown = {}) {
    const result = await lambda.service.invoke(functionName, undefined, Buffer.from(JSON.stringify(event)));
    return { ...result, error: result.functionError && anonymous(result.payload) };
  }

  it("end a function after its timeout, and the next request is served", async () => {
    await lambda.deploy(
      "slow",
      "exports.handler = async (e) => e.slow ? new Promise(() => setInterval(() => {}, 1000)) : 'fast'",
      {
        timeout: 1,
      },
    );
    const { error, report } = await invoke("slow", { slow: true });
    assert.deepEqual(
      { error, status: report.status, errorType: report.error?.errorType },
      {
        error: {
          errorType: "Sandbox.Timedout",
          errorMessage: "RequestId: <id> Error: Task timed out after 1.00 seconds",
        },
        status: "timeout",
        errorType: "Sandbox.Timedout",
      },
    );
    assert.equal(await lambda.call("slow"), "fast");
  });

  it("end a function that blocks its process, and one that stopped itself", async () => {
    await lambda.deploy("blocked", "exports.handler = async () => { for (;;); }", { timeout: 1 });
    await lambda.deploy("stopped", "exports.handler = async () => process.kill(process.pid, 'SIGSTOP')", {
      timeout: 1,
    });
    const results = await Promise.all([invoke("blocked"), invoke("stopped")]);
    assert.deepEqual(
      results.map(({ error }) => error?.errorType),
      ["Sandbox.Timedout", "Sandbox.Timedout"],
    );
  });

  it("end a function that takes more memory than it has", async () => {
    if (process.platform !== "linux") assert.ok(true, "only Linux tells what memory is private");
    await lambda.deploy(
      "greedy",
      "exports.handler = async () => { const held = []; for (;;) { held.push(Buffer.alloc(8e6, 1)); await new Promise((r) => setTimeout(r, 2)) } }",
      { memorySize: 128, timeout: 20 },
    );
    const { error, report } = await invoke("greedy");
    assert.deepEqual(
      { error, memory: report.maxMemoryUsedMb },
      {
        error: {
          errorType: "Runtime.OutOfMemory",
          errorMessage: "RequestId: <id> Error: Runtime exited with error: signal: killed",
        },
        memory: 128,
      },
    );
  });

  it("end a function that takes more and more, in requests that each are quick", async () => {
    if (process.platform !== "linux") assert.ok(true, "only Linux tells what memory is private");
    await lambda.deploy(
      "hoarder",
      `const held = [];
       exports.handler = async () => {
         held.push(Buffer.alloc(8e6, 1));
         // Longer than it is between two looks at the memory.
         await new Promise((resolve) => setTimeout(resolve, 60));
         return held.length;
       }`,
      { memorySize: 128 },
    );
    let last = await invoke("hoarder");
    for (let request = 0; request < 25 && !last.error; request++) {
      last = await invoke("hoarder");
    }
    assert.deepEqual(
      { type: last.error?.errorType, memory: last.report.maxMemoryUsedMb },
      { type: "Runtime.OutOfMemory", memory: 128 },
    );
    assert.equal((await invoke("hoarder")).payload.toString(), "1");
  });

  it("do not count mapped files as memory", async () => {
    await lambda.deploy("private", "exports.handler = async () => process.memoryUsage().rss", {
      memorySize: 128,
    });
    const { payload, report } = await invoke("private");
    assert.ok((report.maxMemoryUsedMb ?? 128) * 1024 * 1024 < Number(payload.toString()));
  });

  for (const [how, source, errorMessage] of [
    ["exits with a status", "process.exit(3)", "Runtime exited with error: exit status 3"],
    ["exits without one", "process.exit(0)", "Runtime exited without providing a reason"],
    [
      "dies of a signal",
      "process.kill(process.pid, 'SIGSEGV')",
      "Runtime exited with error: signal: segmentation fault",
    ],
  ] as const) {
    it(`report a process that ${how} in the middle of a request, and the next one is served`, async () => {
      await lambda.deploy(
        "crash",
        `exports.handler = async (e) => { if (e.crash) ${source}; else return 'up' }`,
      );
      const { error } = await invoke("crash", { crash: true });
      assert.deepEqual(error, {
        errorType: "Runtime.ExitError",
        errorMessage: `RequestId: <id> Error: ${errorMessage}`,
      });
      assert.equal(await lambda.call("crash"), "up");
    });
  }

  it("start a handler over that does not load in time, within the function's own timeout", async () => {
    const slowLoad = (ms: number) =>
      `const until = Date.now() + ${ms}; while (Date.now() < until); exports.handler = async () => 'loaded'`;
    await hurried.deploy("slowLoad", slowLoad(800), { timeout: 60 });
    await hurried.deploy("neverLoads", slowLoad(60_000), { timeout: 1 });
    const [loaded, never] = await Promise.all(
      ["slowLoad", "neverLoads"].map((name) => hurried.service.invoke(name, undefined, Buffer.from("{}"))),
    );
    assert.deepEqual(
      [loaded?.payload.toString(), anonymous(never?.payload ?? Buffer.alloc(0))],
      [
        '"loaded"',
        {
          errorType: "Sandbox.Timedout",
          errorMessage: "RequestId: <id> Error: Task timed out after 1.00 seconds",
        },
      ],
    );
    assert.match(
      String(loaded?.logTail),
      /INIT_REPORT Init Duration: \d+\.\d\d ms\tPhase: init\tStatus: timeout/,
    );
  });

  it("Lambda rejects a request over 6 MB", async () => {
    await lambda.deploy("any", "exports.handler = async () => 1");
    await assert.rejects(lambda.service.invoke("any", undefined, Buffer.alloc(6_291_457, "1")), {
      code: "RequestEntityTooLargeException",
      status: 413,
      message:
        "6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)",
    });
  });

  it("reject a response over 6 MB, and the next request is served", async () => {
    await lambda.deploy("large", "exports.handler = async (e) => 'x'.repeat(e.bytes)");
    const { error } = await invoke("large", { bytes: 6_291_555 });
    assert.deepEqual(error, {
      errorType: "Function.ResponseSizeTooLarge",
      errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
    });
    assert.equal(((await lambda.call("large", { bytes: 6_291_554 })) as string).length, 6_291_554);
  });

  it("throttle what exceeds the reserved concurrency, all requests when it is 0", async () => {
    const wait = "exports.handler = async () => new Promise((resolve) => setTimeout(resolve, 300, 'done'))";
    await lambda.deploy("reserved", wait, { reservedConcurrentExecutions: 1 });
    await lambda.deploy("off", wait, { reservedConcurrentExecutions: 0 });
    const throttled = {
      code: "TooManyRequestsException",
      status: 429,
      message: "Rate Exceeded.",
      details: { Reason: "ReservedFunctionConcurrentInvocationLimitExceeded" },
    };
    const first = lambda.call("reserved");
    await assert.rejects(lambda.call("reserved"), throttled);
    await assert.rejects(lambda.call("off"), throttled);
    assert.equal(await first, "done");
    assert.equal(await lambda.call("reserved"), "done");
  });
});
