import assert from "node:assert/strict";
import { LambdaService } from "@paddock/local/lambda";
import { temporaryFolder } from "../../../helpers/process/temporaryFolder";
import {
  lambdaOptions,
  lambdaTools,
  type TemporaryLambda,
  temporaryLambda,
} from "../../../helpers/services/temporaryLambda";
import { eventually } from "../../../helpers/time/eventually";
import { moment } from "../../../helpers/time/moment";

describe("an asynchronous invocation", () => {
  let lambda: TemporaryLambda;
  before(() => {
    lambda = temporaryLambda({ retryDelaysMs: [20, 20] });
  });
  after(() => lambda.close());

  const attempts = () => lambda.log.filter(({ line }) => line === "attempt").length;

  /** Counts the attempts once there are so many, and no more of them. */
  async function settled(count: number): Promise<number> {
    await eventually(() => assert.ok(attempts() >= count));
    await moment();
    return attempts();
  }

  function send(functionName: string, payload: Buffer = Buffer.from("{}")) {
    return lambda.service.invokeLater(functionName, undefined, payload);
  }

  it("is taken at once and tried three times in all when it fails", async () => {
    lambda.log.length = 0;
    await lambda.deploy(
      "failing",
      "exports.handler = async () => { process.stdout.write('attempt\\n'); throw new Error('no') }",
    );
    assert.deepEqual(await send("failing"), { statusCode: 202, executedVersion: "$LATEST" });
    assert.equal(await settled(3), 3);
  });

  it("is tried as often as the function's configuration says", async () => {
    lambda.log.length = 0;
    await lambda.service.putEventInvokeConfig("failing", undefined, { maximumRetryAttempts: 0 });
    await send("failing");
    assert.equal(await settled(1), 1);
  });

  it("waits out throttling, which does not count as an attempt", async () => {
    lambda.log.length = 0;
    const source =
      "exports.handler = ({ ms = 0 }) => new Promise((done) => { process.stdout.write('attempt\\n'); setTimeout(done, ms) })";
    await lambda.deploy("throttled", source, { reservedConcurrentExecutions: 1 });
    const busy = lambda.call("throttled", { ms: 500 });
    await settled(1);
    await send("throttled");
    await busy;
    assert.equal(await settled(2), 2);
  });

  it("is not tried at all where no concurrency is reserved for the function", async () => {
    lambda.log.length = 0;
    await lambda.deploy("off", "exports.handler = async () => { process.stdout.write('attempt\\n') }", {
      reservedConcurrentExecutions: 0,
    });
    await send("off");
    await moment();
    lambda.service.putReservedConcurrency("off", undefined);
    await moment();
    assert.equal(attempts(), 0);
  });

  it("An asynchronous invocation takes at most 1 MB", async () => {
    await assert.rejects(send("failing", Buffer.alloc(1_048_577, "1")), {
      code: "RequestEntityTooLargeException",
      message: "1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)",
    });
  });
});

describe("an asynchronous invocation that the local cloud's end interrupts", () => {
  it("is run again by the next one, as it was sent, until it is done", async () => {
    const source = (result: string) =>
      `exports.handler = async (event, { awsRequestId }) => { process.stdout.write(event.text + " " + awsRequestId + "\\n"); ${result} }`;
    const dataDir = temporaryFolder();
    const log: string[] = [];
    const start = () =>
      new LambdaService({
        ...lambdaOptions,
        dataDir,
        retryDelaysMs: [60_000],
        onLog: ({ line }) => log.push(line),
      });
    const lambda = start();
    await lambdaTools(lambda, dataDir).deploy("later", source("throw new Error('not yet')"));
    await lambda.invokeLater("later", undefined, Buffer.from('{"text":"ünicorn"}'), { requestId: "r-1" });
    const lines = () => log.filter((line) => line === "ünicorn r-1").length;
    await eventually(() => assert.ok(log.some((line) => line.startsWith("REPORT "))));
    await lambda.close();

    const next = start();
    await lambdaTools(next, dataDir).deploy("later", source(""));
    const done = new Promise<string>((resolve) =>
      next.resumeEvents(({ functionName }, { status }) => resolve(`${functionName} ${status}`)),
    );
    assert.equal(await done, "later success");
    assert.equal(lines(), 2);
    await next.close();

    const last = start();
    await lambdaTools(last, dataDir).deploy("later", source(""));
    await last.resumeEvents(() => assert.fail("it was done"));
    await last.close();
  });
});
