import assert from "node:assert/strict";
import type { RecordStore } from "../../../../local/services/lambda/recordStore";
import { type TemporaryLambda, temporaryLambda } from "../../../helpers/services/temporaryLambda";
import { eventually } from "../../../helpers/time/eventually";
import { moment } from "../../../helpers/time/moment";

const ARN = "arn:aws:lambda:eu-west-1:123456789012:function";
const BUCKET = "arn:aws:s3:::failures";

/** Patterns of what a test cannot know beforehand. */
const SOME = {
  id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
};

interface Document {
  readonly timestamp: string;
  readonly requestContext: { readonly requestId: string };
}

describe("the destination of a function's failed events", () => {
  let lambda: TemporaryLambda;
  let kept: { role: string; bucket: string; key: string; document: Document }[];
  let failing: Error | undefined;
  const records: RecordStore = {
    check: async () => {},
    async put(role, bucket, { key, document }) {
      if (failing) throw failing;
      kept.push({ role, bucket, key, document: document as Document });
    },
  };
  beforeEach(() => {
    kept = [];
    failing = undefined;
    lambda = temporaryLambda({ retryDelaysMs: [20, 20], records });
  });
  afterEach(() => lambda.close());

  const send = (functionName: string, event: unknown, qualifier?: string) =>
    lambda.service.invokeLater(functionName, qualifier, Buffer.from(JSON.stringify(event)));

  /** The one record that comes, without what differs each time. */
  async function record() {
    await eventually(() => assert.ok(kept.length > 0));
    await moment();
    assert.equal(kept.length, 1);
    const [{ key = "", document } = {}] = kept;
    assert.ok(document);
    const { timestamp, requestContext, ...rest } = document;
    const { requestId, ...context } = requestContext;
    assert.match(timestamp, SOME.time);
    assert.match(requestId, SOME.id);
    const second = timestamp.slice(0, 19).replaceAll(":", ".");
    const at = `${timestamp.slice(0, 10).replaceAll("-", "/")}/${second}-`;
    return { key: key.replace(at, "<time>-").replace(/[0-9a-f-]{36}$/, "<uuid>"), context, ...rest };
  }

  it("gets the record of an event whose retries are used up, by the function's role", async () => {
    await lambda.deploy("failing", "exports.handler = async () => { throw new TypeError('no') }", {
      publish: true,
    });
    lambda.service.putAlias("failing", { name: "live", functionVersion: "1" });
    await lambda.service.putEventInvokeConfig("failing", "live", { onFailure: BUCKET });
    await send("failing", { rides: [1, 2] }, "live");
    const { responsePayload, ...rest } = (await record()) as { responsePayload?: object };
    assert.deepEqual(rest, {
      key: "aws/lambda/async/failing/<time>-<uuid>",
      version: "1.0",
      context: {
        functionArn: `${ARN}:failing:live`,
        condition: "RetriesExhausted",
        approximateInvokeCount: 3,
      },
      requestPayload: { rides: [1, 2] },
      responseContext: { statusCode: 200, executedVersion: "1", functionError: "Unhandled" },
    });
    const { trace, ...error } = responsePayload as { trace: unknown };
    assert.deepEqual(error, { errorType: "TypeError", errorMessage: "no" });
    assert.ok(Array.isArray(trace));
    const [{ role, bucket } = {}] = kept;
    assert.deepEqual({ role, bucket }, { role: "arn:aws:iam::123456789012:role/test", bucket: BUCKET });
  });

  it("names the request by the id that all its attempts have in the log", async () => {
    await lambda.deploy("failing", "exports.handler = async () => { throw new Error('no') }");
    await lambda.service.putEventInvokeConfig("failing", undefined, { onFailure: BUCKET });
    await send("failing", {});
    await record();
    const id = kept[0]?.document.requestContext.requestId;
    const starts = lambda.log.filter(({ line }) => line.startsWith("START "));
    assert.deepEqual(
      starts.map(({ line }) => line),
      Array(3).fill(`START RequestId: ${id} Version: $LATEST`),
    );
  });

  it("gets the record of an event that would be too old for its next attempt", async () => {
    await lambda.deploy("failing", "exports.handler = async () => { throw new Error('no') }");
    await lambda.service.putEventInvokeConfig("failing", undefined, {
      onFailure: BUCKET,
      maximumEventAgeInSeconds: 0.001,
    });
    await send("failing", {});
    const { context, responseContext } = (await record()) as Record<string, unknown>;
    assert.deepEqual(
      { context, responseContext },
      {
        context: {
          functionArn: `${ARN}:failing:$LATEST`,
          condition: "EventAgeExceeded",
          approximateInvokeCount: 1,
        },
        responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      },
    );
  });

  it("gets the record of an event that was throttled until it was too old", async () => {
    const source = "exports.handler = ({ ms }) => new Promise((done) => setTimeout(done, ms))";
    await lambda.deploy("busy", source, { reservedConcurrentExecutions: 1 });
    await lambda.service.putEventInvokeConfig("busy", undefined, {
      onFailure: BUCKET,
      maximumEventAgeInSeconds: 0.2,
    });
    const running = lambda.call("busy", { ms: 2000 });
    await send("busy", { ms: 0 });
    assert.deepEqual(await record(), {
      key: "aws/lambda/async/busy/<time>-<uuid>",
      version: "1.0",
      context: {
        functionArn: `${ARN}:busy:$LATEST`,
        condition: "EventAgeExceeded",
        approximateInvokeCount: 0,
      },
      requestPayload: { ms: 0 },
      responseContext: { statusCode: 429 },
    });
    await running;
  });

  it("gets the record of an event at once where no concurrency is reserved for the function", async () => {
    await lambda.deploy("off", "exports.handler = async () => {}", { reservedConcurrentExecutions: 0 });
    await lambda.service.putEventInvokeConfig("off", undefined, { onFailure: BUCKET });
    await send("off", {});
    assert.deepEqual(await record(), {
      key: "aws/lambda/async/off/<time>-<uuid>",
      version: "1.0",
      context: {
        functionArn: `${ARN}:off:$LATEST`,
        condition: "ZeroReservedConcurrency",
        approximateInvokeCount: 0,
      },
      requestPayload: {},
    });
  });

  it("gets nothing of an event that succeeds in the end, nor of another qualifier's", async () => {
    const source =
      "let calls = 0; exports.handler = async () => { process.stdout.write('attempt\\n'); if (++calls < 3) throw new Error('not yet') }";
    await lambda.deploy("slow", source);
    await lambda.service.putEventInvokeConfig("slow", undefined, { onFailure: BUCKET });
    await send("slow", {});
    await lambda.deploy("other", "exports.handler = async () => { throw new Error('no') }", {
      publish: true,
    });
    await lambda.service.putEventInvokeConfig("other", undefined, { onFailure: BUCKET });
    await send("other", {}, "1");
    const ended = () => lambda.log.filter(({ line }) => line.startsWith("END ")).length;
    await eventually(() => assert.ok(ended() >= 6));
    await moment();
    assert.deepEqual([ended(), kept], [6, []]);
  });

  it("is named in the log where it takes no record", async () => {
    failing = new Error("Access Denied");
    await lambda.deploy("off", "exports.handler = async () => {}", { reservedConcurrentExecutions: 0 });
    await lambda.service.putEventInvokeConfig("off", undefined, { onFailure: BUCKET });
    await send("off", {});
    const told = () => lambda.log.filter(({ source }) => source === "platform").map(({ line }) => line);
    await eventually(() =>
      assert.match(
        told().join("\n"),
        /^DestinationDeliveryFailures RequestId: [0-9a-f-]{36} Error: Access Denied$/,
      ),
    );
  });

  it("gets nothing of what ends with the local cloud", async () => {
    const source =
      "exports.handler = () => new Promise(() => setInterval(() => process.stdout.write('working\\n'), 20))";
    await lambda.deploy("hanging", source);
    const noRetries = { onFailure: BUCKET, maximumRetryAttempts: 0 };
    await lambda.service.putEventInvokeConfig("hanging", undefined, noRetries);
    await send("hanging", {});
    await eventually(() => assert.ok(lambda.log.some(({ line }) => line === "working")));
    await lambda.service.close();
    assert.deepEqual(kept, []);
  });
});
