import assert from "node:assert/strict";
import fc from "fast-check";
import { object, string } from "valibot";
import { protocolRejection } from "../../../functions/open-inference/protocol";
import { BadRequest } from "../../../functions/shared/errors";
import { createHandler } from "../../../functions/shared/handler";
import { json } from "../../../functions/shared/json";
import { jsonEndpoint, operation } from "../../../functions/shared/jsonEndpoint";
import { recordMetric, takeMetrics } from "../../../functions/shared/metrics";
import { captureLogs } from "../../helpers/handlers/captureLogs";
import { callHttp, HTTP_FORMS } from "../../helpers/handlers/eventForms";
import { lambdaContext } from "../../helpers/handlers/lambdaContext";
import { loadHandler } from "../../helpers/handlers/loadHandler";
import { useEnvironment } from "../../helpers/process/useEnvironment";

const KIB = 1024;
const MIB = 1024 * KIB;

const CARD = {
  title: "Echo",
  description: "Gives back what it is sent",
  origin: "this test",
  license: { model: "Apache-2.0", data: "none" },
  metrics: {},
  inputs: [],
  outputs: [],
  samples: [],
  notes: [],
};

/** An endpoint that gives back the text that it is sent. */
const echo = createHandler({
  name: "echo",
  respond: jsonEndpoint(CARD, {
    "/": operation({
      description: "Gives back what it is sent",
      input: object({ text: string("must be a string") }),
      output: { "application/json": object({ text: string() }) },
      example: undefined,
      respond: ({ text }) => json(200, { text }),
    }),
  }),
});

interface Response {
  readonly statusCode: number;
  readonly body: string;
}
const invoke = async (handler: ReturnType<typeof createHandler>, event: unknown) =>
  (await handler(event, lambdaContext)) as Response;

/** Nests `{"text": …}` so that it has this many levels. */
const nested = (levels: number) => `{"text":"a","deep":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`;

describe("A handler", () => {
  const http = { version: "2.0", requestContext: { http: { method: "POST" } }, body: '{"text":"a"}' };
  const rest = { httpMethod: "POST", path: "/echo", requestContext: { stage: "prod" }, body: '{"text":"a"}' };

  describe("given an event that only resembles one of AWS's", () => {
    const odd: Record<string, unknown> = {
      "a method that is a number": { ...http, requestContext: { http: { method: 5 } } },
      "a method that is an object": { ...http, requestContext: { http: { method: {} } } },
      "no method": { ...http, requestContext: { http: {} } },
      "a context that is a text": { ...http, requestContext: "http" },
      "a context that is null": { ...rest, requestContext: null },
      "a REST method that is a list": { ...rest, httpMethod: ["POST"] },
      "a method of another name": { ...http, requestContext: { http: { method: "constructor" } } },
    };
    for (const [what, event] of Object.entries(odd)) {
      it(`answers it as the caller's mistake: ${what}`, async () => {
        const { statusCode, body } = await invoke(echo, event);
        assert.ok(statusCode === 400 || statusCode === 405, `${statusCode} ${body}`);
        assert.doesNotMatch(body, /handler|\.ts|at /);
      });
    }

    const harmless: Record<string, unknown> = {
      "a path that is an object": { ...http, rawPath: {} },
      "a path without a slash": { ...http, rawPath: "" },
      "headers that are a text": { ...http, headers: "accept" },
      "headers that are lists": { ...http, headers: { accept: ["a"], cookie: null } },
      "headers named as an object's own": { ...http, headers: { constructor: "a", __proto__: "b" } },
      "several values that are no list": { ...rest, multiValueHeaders: { a: "b", c: [1, "d", null] } },
      "a stage that is a number": { ...rest, requestContext: { stage: 5 } },
      "base64 that is said by a text": { ...http, body: "eyJ0ZXh0IjoiYSJ9", isBase64Encoded: "yes" },
    };
    for (const [what, event] of Object.entries(harmless)) {
      it(`answers it as far as it is one: ${what}`, async () => {
        const { statusCode, body } = await invoke(echo, event);
        assert.deepEqual([statusCode, body], [200, '{"text":"a"}']);
      });
    }

    it("answers 404 to a path that an object has by itself", async () => {
      for (const rawPath of ["constructor", "/constructor", "/__proto__", "/toString/"]) {
        assert.equal((await invoke(echo, { ...http, rawPath })).statusCode, 404);
      }
    });

    it("never answers 500, and never throws", async () => {
      const handler = loadHandler("iris");
      const part = fc.oneof(fc.jsonValue(), fc.constantFrom("2.0", "POST", "GET", "/", null, {}, []));
      const context = fc.oneof(part, fc.record({ http: fc.record({ method: part }), stage: part }));
      const members = {
        version: part,
        rawPath: part,
        path: part,
        httpMethod: part,
        headers: part,
        multiValueHeaders: part,
        body: part,
        isBase64Encoded: part,
        requestContext: context,
      };
      const events = fc.record(members, { requiredKeys: [] });
      await fc.assert(
        fc.asyncProperty(events, async (event) => {
          const { statusCode } = await invoke(handler, event);
          assert.ok(statusCode < 500, String(statusCode));
        }),
        { numRuns: 500 },
      );
    });
  });

  it("rejects JSON that is nested deeper than 100 levels, however it comes", async () => {
    for (const form of HTTP_FORMS) {
      const call = async (body: string) => (await callHttp(echo, form, "echo", { body })).status;
      assert.equal(await call(nested(100)), 200);
      assert.equal(await call(nested(101)), 400);
      assert.equal(await call("[".repeat(3 * MIB)), 400);
      assert.equal(await call('{"text":"'.concat('[{\\"\\\\'.repeat(200), '"}')), 200);
    }
    assert.equal((await invoke(echo, JSON.parse(nested(100)))).statusCode, 200);
    assert.deepEqual(await invoke(echo, JSON.parse(nested(101))), {
      statusCode: 400,
      body: '{"message":"The request body is nested deeper than 100 levels"}',
    });
    let deep: unknown = {};
    for (let i = 0; i < 100_000; i++) deep = { deep };
    assert.equal((await invoke(echo, deep)).statusCode, 400);
  });

  describe("given bytes that are not text", () => {
    const [form] = HTTP_FORMS;
    assert.ok(form);
    const call = async (body: Buffer | string, contentType?: string) => {
      const headers: Record<string, string> = contentType ? { "content-type": contentType } : {};
      const { status, body: response } = await callHttp(echo, form, "echo", { body, headers });
      return [status, JSON.parse(response)];
    };
    const latin1 = Buffer.from('{"text":"Röschen"}', "latin1");

    it("rejects a body that is not UTF-8, or that Lambda made text of though it was not", async () => {
      const notUtf8 = [400, { message: "The request body is not UTF-8; send a JSON object in UTF-8" }];
      assert.deepEqual(await call(latin1), notUtf8);
      assert.deepEqual(await call(latin1.toString("utf8")), notUtf8);
      assert.deepEqual(await call(Buffer.from('{"text":"Röschen"}')), [200, { text: "Röschen" }]);
      assert.deepEqual(await call(Buffer.from('{"text":"\ufffd"}')), [200, { text: "\ufffd" }]);
    });

    it("reads a body in the charset that Content-Type names", async () => {
      const type = "application/json; charset=ISO-8859-1";
      assert.deepEqual(await call(latin1, type), [200, { text: "Röschen" }]);
      const utf16 = Buffer.from('{"text":"[[[\\"Röschen"}', "utf16le");
      const response = await call(utf16, 'application/json;charset="utf-16le"');
      assert.deepEqual(response, [200, { text: '[[["Röschen' }]);
      assert.deepEqual(await call(Buffer.from([0xff, 0xff]), "text/plain; charset=shift_jis"), [
        400,
        { message: "The request body is not shift_jis, which its Content-Type names" },
      ]);
      assert.deepEqual(await call(latin1, "text/plain; charset=klingon"), [
        400,
        { message: "The request body is not klingon, which its Content-Type names" },
      ]);
    });
  });

  it("takes null for an optional member as if it were absent", async () => {
    const handler = loadHandler("pricing", { OUTPUT_BUCKET: "bucket", MODEL_PATH: "model.tar.gz" });
    const { body } = await invoke(handler, { breed: null, distance: null, healthpoints: "1" });
    const { errors } = JSON.parse(body) as { errors: { path: string; message: string }[] };
    assert.deepEqual(errors.slice(0, 2), [
      { path: "distance", message: "is required" },
      { path: "healthpoints", message: "must be a number" },
    ]);
    assert.ok(errors.every(({ path }) => path !== "breed"));
  });

  it("names at most 20 problems, and cuts each to 100 characters", async () => {
    const problems = Array.from({ length: 30 }, (_, i) => ({ path: `p${i}`, message: "x".repeat(5_000) }));
    const handler = createHandler({
      name: "echo",
      respond: () => {
        throw new BadRequest("\u0001".repeat(1_000_000), { errors: problems });
      },
    });
    const { body } = await invoke(handler, {});
    const { message, errors } = JSON.parse(body);
    assert.deepEqual([errors.length, errors[19].path, errors[0].message.length], [20, "p19", 100]);
    assert.equal(message.length, 4_001);
    assert.ok(Buffer.byteLength(body) < 64 * KIB, `${body.length} characters`);
  });

  it("answers 413 with the cure where a response would pass Lambda's 6 MB", async () => {
    const handlerOf = (body: string | Buffer) =>
      createHandler({ name: "echo", respond: () => ({ status: 200, body }), reject: protocolRejection });
    const [form] = HTTP_FORMS;
    assert.ok(form);
    const statusOf = async (body: string | Buffer) =>
      (await callHttp(handlerOf(body), form, "echo", {})).status;
    assert.deepEqual(
      [
        await statusOf("x".repeat(5 * MIB)),
        await statusOf("x".repeat(6 * MIB)),
        await statusOf('"'.repeat(2 * MIB)),
        await statusOf('"'.repeat(4 * MIB)),
        await statusOf("\u0001".repeat(1.5 * MIB)),
        await statusOf(Buffer.alloc(4 * MIB)),
        await statusOf(Buffer.alloc(5 * MIB)),
      ],
      [200, 413, 200, 413, 413, 200, 413],
    );
    const { body } = await callHttp(handlerOf("x".repeat(6 * MIB)), form, "echo", {});
    assert.deepEqual(JSON.parse(body), {
      error: "The response has over 6291456 bytes, the most that Lambda sends; ask for less at once",
    });
  });

  it("answers 503 where memory for an array is missing", async () => {
    const handler = createHandler({
      name: "echo",
      respond: () => ({ status: 200, body: new Uint8Array(2 ** 53 - 1) }),
    });
    assert.equal((await invoke(handler, {})).statusCode, 503);
  });

  it("answers 500 with the request's id where it fails itself, and logs the reason", async () => {
    const failures = {
      "the response has no form": () => undefined,
      "the reason leads back to itself": () => {
        const cause: Record<string, unknown> = {};
        cause.cause = cause;
        throw new Error("out of hay", { cause });
      },
      "what is thrown is nothing": () => {
        throw undefined;
      },
    };
    for (const [what, fail] of Object.entries(failures)) {
      const handler = createHandler({ name: "echo", respond: fail as never });
      let response: Response | undefined;
      const [line] = await captureLogs(async () => {
        response = await invoke(handler, {});
      });
      const requestId = lambdaContext.awsRequestId;
      const expected = JSON.stringify({ message: "Internal error", requestId });
      assert.deepEqual(response, { statusCode: 500, body: expected }, what);
      assert.deepEqual([line?.severity, line?.requestId, line?.status], ["error", requestId, 500], what);
    }
  });

  describe("with METRICS_NAMESPACE", () => {
    const setEnvironment = useEnvironment();
    before(() => setEnvironment({ METRICS_NAMESPACE: "ranch", AWS_LAMBDA_FUNCTION_NAME: "echo-1a2b3c4" }));
    const answering = (status: number) => createHandler({ name: "echo", respond: () => json(status, {}) });

    it("writes a request's one line as CloudWatch's metrics, at the level that no log level drops", async () => {
      takeMetrics();
      const handler = answering(200);
      recordMetric("ModelLoads");
      for (const ms of [1.5, 2]) recordMetric("ModelLoadTime", ms);
      const lines = await captureLogs(() => invoke(handler, {}));
      const [line = {}] = lines;
      assert.equal(lines.length, 1);
      assert.deepEqual([line.level, line.severity], ["fatal", "info"]);
      assert.ok(!Number.isNaN(Date.parse(String(line.timestamp))));
      const { _aws } = line as { _aws: { Timestamp: number; CloudWatchMetrics: unknown } };
      assert.ok(Math.abs(_aws.Timestamp - Date.now()) < 60_000);
      assert.deepEqual(_aws.CloudWatchMetrics, [
        {
          Namespace: "ranch",
          Dimensions: [["FunctionName"]],
          Metrics: [
            { Name: "Requests", Unit: "Count" },
            { Name: "ClientErrors", Unit: "Count" },
            { Name: "ServerErrors", Unit: "Count" },
            { Name: "Latency", Unit: "Milliseconds" },
            { Name: "ColdStarts", Unit: "Count" },
            { Name: "ModelLoads", Unit: "Count" },
            { Name: "ModelLoadTime", Unit: "Milliseconds" },
          ],
        },
      ]);
      assert.equal(line.Latency, line.ms);
      assert.deepEqual(
        [line.FunctionName, line.Requests, line.ColdStarts, line.ModelLoads, line.ModelLoadTime],
        ["echo-1a2b3c4", 1, 1, 1, [1.5, 2]],
      );
    });

    it("counts a status by its class, the first request as a cold start, and what was recorded once", async () => {
      takeMetrics();
      for (const [status, ClientErrors, ServerErrors] of [
        [200, 0, 0],
        [404, 1, 0],
        [503, 0, 1],
      ] as const) {
        const handler = answering(status);
        const lines = await captureLogs(async () => {
          await invoke(handler, {});
          await invoke(handler, {});
        });
        assert.deepEqual(
          lines.map((line) => [line.Requests, line.ClientErrors, line.ServerErrors, line.ColdStarts]),
          [
            [1, ClientErrors, ServerErrors, 1],
            [1, ClientErrors, ServerErrors, 0],
          ],
          String(status),
        );
      }
    });

    it("counts a request that no code of the endpoint could answer", async () => {
      const handler = createHandler({ name: "echo", respond: (() => undefined) as never });
      const [line] = await captureLogs(() => invoke(handler, {}));
      assert.deepEqual([line?.Requests, line?.ServerErrors, line?.severity], [1, 1, "error"]);
    });
  });

  it("writes no metrics without METRICS_NAMESPACE", async () => {
    const [line] = await captureLogs(() => invoke(echo, { text: "a" }));
    assert.deepEqual([line?.level, line?._aws, line?.Requests], ["info", undefined, undefined]);
  });
});
