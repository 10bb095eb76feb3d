import assert from "node:assert/strict";
import { type TemporaryLambda, temporaryLambda } from "../../../helpers/services/temporaryLambda";

describe("a function's handler", () => {
  let lambda: TemporaryLambda;
  before(() => {
    lambda = temporaryLambda();
  });
  after(() => lambda.close());

  it("gets the event and returns its response as JSON", async () => {
    await lambda.deploy("echo", "exports.handler = async (event) => ({ event, n: 1.5 })");
    assert.deepEqual(await lambda.call("echo", { a: ["ü"] }), { event: { a: ["ü"] }, n: 1.5 });
  });

  it("may return a promise or a plain value; nothing is null", async () => {
    await lambda.deploy(
      "promise",
      "exports.handler = (event) => event.later ? Promise.resolve(7) : undefined",
    );
    assert.deepEqual(
      [await lambda.call("promise", { later: true }), await lambda.call("promise")],
      [7, null],
    );
  });

  it("may be an ES module, by its name or by package.json", async () => {
    await lambda.deploy("mjs", {
      "index.mjs": "export const handler = async () => import.meta.url.slice(-9)",
    });
    await lambda.deploy("esm", {
      "package.json": '{"type":"module"}',
      "index.js": "const value = await Promise.resolve('awaited'); export const handler = async () => value",
    });
    assert.deepEqual([await lambda.call("mjs"), await lambda.call("esm")], ["index.mjs", "awaited"]);
  });

  it("may lie in a folder and be a property of an export", async () => {
    await lambda.deploy(
      "nested",
      { "src/main.js": "exports.routes = { get: async () => 'nested' }" },
      { handler: "src/main.routes.get" },
    );
    assert.equal(await lambda.call("nested"), "nested");
  });

  it("A function's handler gets Lambda's context", async () => {
    await lambda.deploy(
      "context",
      `exports.handler = async (event, context) => ({
        ...context,
        awsRequestId: /^[0-9a-f-]{36}$/.test(context.awsRequestId),
        logStreamName: /^\\d{4}\\/\\d\\d\\/\\d\\d\\/\\[\\$LATEST\\][0-9a-f]{32}$/.test(context.logStreamName),
        remaining: context.getRemainingTimeInMillis() > 1000 && context.getRemainingTimeInMillis() <= 60000,
      })`,
    );
    assert.deepEqual(await lambda.call("context"), {
      callbackWaitsForEmptyEventLoop: true,
      functionName: "context",
      functionVersion: "$LATEST",
      invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:context",
      memoryLimitInMB: "256",
      awsRequestId: true,
      logGroupName: "/aws/lambda/context",
      logStreamName: true,
      remaining: true,
    });
  });

  it("has the client context of a direct call", async () => {
    await lambda.deploy("client", "exports.handler = async (event, context) => context.clientContext");
    const { payload } = await lambda.service.invoke("client", undefined, Buffer.from("{}"), {
      clientContext: '{"custom":{"a":"b"}}',
    });
    assert.equal(payload.toString(), '{"custom":{"a":"b"}}');
  });

  const failures: [title: string, source: string, payload: Record<string, unknown>][] = [
    [
      "an exception",
      "exports.handler = async () => { throw new TypeError('broken') }",
      { errorType: "TypeError", errorMessage: "broken" },
    ],
    [
      "something thrown that is no Error",
      "exports.handler = async () => { throw 'words' }",
      { errorType: "string", errorMessage: "words" },
    ],
    [
      "an answer that is not JSON",
      "exports.handler = async () => 1n",
      { errorType: "Error", errorMessage: "Unable to stringify response body" },
    ],
    [
      "a rejection that nobody handles",
      "exports.handler = async () => { Promise.reject(new Error('lost')); await new Promise(() => setTimeout(() => {}, 2000)) }",
      { errorType: "Runtime.UnhandledPromiseRejection", errorMessage: "Error: lost" },
    ],
    [
      "an exception outside of it",
      "exports.handler = async () => { setTimeout(() => { throw new Error('astray') }); await new Promise(() => setTimeout(() => {}, 2000)) }",
      { errorType: "Error", errorMessage: "astray" },
    ],
    [
      "an export that is missing",
      "exports.other = 1",
      {
        errorType: "Runtime.HandlerNotFound",
        errorMessage: "index.handler is undefined or not exported",
      },
    ],
    [
      "a syntax error",
      "exports.handler = async () => {",
      { errorType: "Runtime.UserCodeSyntaxError", errorMessage: "SyntaxError: Unexpected end of input" },
    ],
    [
      "an exception while it is loaded",
      "throw new RangeError('at load')",
      { errorType: "RangeError", errorMessage: "at load" },
    ],
  ];
  for (const [title, source, expected] of failures) {
    it(`fails with ${title} in Lambda's words, and the next request is served`, async () => {
      await lambda.deploy("failing", source);
      const result = await lambda.service.invoke("failing", undefined, Buffer.from("{}"));
      const { trace, ...payload } = JSON.parse(result.payload.toString("utf8"));
      assert.deepEqual(
        {
          functionError: result.functionError,
          status: result.report?.status,
          payload,
          trace: Array.isArray(trace),
        },
        { functionError: "Unhandled", status: "error", payload: expected, trace: true },
      );
      await lambda.deploy("failing", "exports.handler = async () => 'served'");
      assert.equal(await lambda.call("failing"), "served");
    });
  }

  it("fails to load by the name of the module that is missing", async () => {
    await lambda.deploy("missing", "require('not-here')");
    const { errorType, errorMessage } = (await lambda.call("missing")) as Record<string, string>;
    assert.deepEqual(
      [errorType, errorMessage?.split("\n")[0]],
      ["Runtime.ImportModuleError", "Error: Cannot find module 'not-here'"],
    );
  });

  it("is rejected with a callback on Node.js 24, as by Lambda", async () => {
    await lambda.deploy("callback", "exports.handler = (event, context, callback) => callback(null, 1)", {
      runtime: "nodejs24.x",
    });
    const { errorType } = (await lambda.call("callback")) as Record<string, string>;
    assert.equal(errorType, "Runtime.CallbackHandlerDeprecated");
  });

  it("may call back on Node.js 22, and responds when nothing is left to do", async () => {
    await lambda.deploy(
      "callback",
      `let done = 0;
      exports.handler = (event, context, callback) => {
        if (event.fail) return callback(new RangeError(event.fail));
        if (event.nothing) return 'ignored';
        if (event.hurry) { context.callbackWaitsForEmptyEventLoop = false; setInterval(() => {}, 1000); }
        else setTimeout(() => { done += 1 }, 50);
        callback(null, { get done() { return done } });
      }`,
    );
    const failed = (await lambda.call("callback", { fail: "no" })) as Record<string, unknown>;
    assert.deepEqual(
      [
        [failed.errorType, failed.errorMessage],
        await lambda.call("callback", { nothing: true }),
        await lambda.call("callback"),
        await lambda.call("callback", { hurry: true }),
      ],
      [["RangeError", "no"], null, { done: 1 }, { done: 1 }],
    );
  });

  it("gets a client context with characters that no header has", async () => {
    await lambda.deploy("client", "exports.handler = async (event, context) => context.clientContext");
    const clientContext = '{\n"custom":{"a":"ü\u2028\\u0007"}}';
    const { payload } = await lambda.service.invoke("client", undefined, Buffer.from("{}"), {
      clientContext,
    });
    assert.deepEqual(JSON.parse(payload.toString()), { custom: { a: "ü\u2028\u0007" } });
    assert.equal(await lambda.call("client"), null);
  });

  it("may lose the next event to an exception after its response, as on Lambda, but not the one after that", async () => {
    await lambda.deploy(
      "late",
      "exports.handler = async (event) => { if (event.late) setImmediate(() => { throw new Error('late') }); return process.pid }",
    );
    const first = await lambda.call("late", { late: true });
    await lambda.call("late");
    const third = await lambda.call("late");
    assert.notEqual(third, first);
    assert.equal(typeof third, "number");
  });
});
