import assert from "node:assert/strict";
import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { Services } from "@paddock/local/cloud";
import { liveAlias, pruneVersions, versionsOf } from "../../../../bin/lib/release/functionVersions";
import { type ShiftOptions, shiftAlias } from "../../../../bin/lib/release/shiftAlias";
import { stepsOf } from "../../../../bin/lib/release/steps";
import { verifyVersion } from "../../../../bin/lib/release/verifyVersion";
import { freePorts } from "../../../helpers/cloud/freePorts";
import { temporaryFolder } from "../../../helpers/process/temporaryFolder";
import { lambdaTools } from "../../../helpers/services/temporaryLambda";

const MINUTE = 60_000;
const REQUESTS_A_MINUTE = 60;

/** A version that answers with a status, and counts it in its log line as the handlers do. */
const version = (status: number, text: string) => `
exports.handler = async () => {
  process.stdout.write(JSON.stringify({
    _aws: { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: "paddock", Dimensions: [["FunctionName"]], Metrics: [{ Name: "ServerErrors" }] }] },
    FunctionName: "iris", ServerErrors: ${status >= 500 ? 1 : 0},
  }) + "\\n");
  return { statusCode: ${status}, body: "${text}" };
};`;
const SAMPLE = { request: {}, answer: { status: 200 } };

describe("A release", () => {
  let now = 1_000_000 * MINUTE;
  const archives = temporaryFolder();
  let services: Services;
  let lambda: LambdaClient;
  let cloudWatch: CloudWatchClient;
  /** Statuses that callers got. */
  let answered: number[];

  const publish = (source: string) =>
    lambdaTools(services.cloud.lambda, archives).deploy("iris", source, { publish: true });
  /** A minute of requests over the alias. */
  const wait = async (minutes: number) => {
    for (let sent = 0; sent < minutes * REQUESTS_A_MINUTE; sent++) {
      const { Payload = new Uint8Array() } = await lambda.send(
        new InvokeCommand({ FunctionName: "iris", Qualifier: "live", Payload: "{}" }),
      );
      answered.push(JSON.parse(Buffer.from(Payload).toString()).statusCode);
    }
    now += minutes * MINUTE;
  };
  const alarms = async () => {
    const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({ StateValue: "ALARM" }));
    return MetricAlarms.map(({ AlarmName = "" }) => AlarmName);
  };
  const release = (target: string, changes: Partial<ShiftOptions> = {}) =>
    shiftAlias({
      lambda,
      functionName: "iris",
      target,
      steps: stepsOf("canary10percent5minutes"),
      alarms,
      ignoreAlarms: false,
      verify: async () => true,
      wait,
      log: () => {},
      ...changes,
    });
  const live = async () => {
    const { FunctionVersion, RoutingConfig } = await liveAlias(lambda, "iris");
    return [FunctionVersion, RoutingConfig?.AdditionalVersionWeights];
  };

  before(async () => {
    services = new Services({
      region: "us-east-1",
      dataDir: temporaryFolder(),
      basePort: await freePorts(),
      countVersions: true,
      now: () => now,
    });
    await services.start();
    const { endpoint, region } = services.outputs;
    const access = { endpoint, region, credentials: services.cloud.iam.rootKey };
    lambda = new LambdaClient(access);
    cloudWatch = new CloudWatchClient(access);
    const metric = (namespace: string, metricName: string) => ({
      metric: { namespace, metricName, dimensions: { FunctionName: "iris" }, period: 60, stat: "Sum" },
    });
    services.cloud.cloudWatch.putAlarm({
      name: "iris-errors",
      arn: "arn",
      metricQueries: [
        { id: "watched", expression: "100 * FILL(failed, 0) / invocations", returnData: true },
        { id: "failed", ...metric("paddock", "ServerErrors") },
        { id: "invocations", ...metric("AWS/Lambda", "Invocations") },
      ],
      comparisonOperator: "GreaterThanThreshold",
      threshold: 2,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      treatMissingData: "notBreaching",
    });
    await publish(version(200, "good"));
    services.cloud.lambda.putAlias("iris", { name: "live", functionVersion: "1" });
  });
  after(async () => {
    lambda.destroy();
    cloudWatch.destroy();
    await services.close();
  });
  beforeEach(() => {
    answered = [];
  });

  it("of a version that fails is undone by its alarm: a tenth of the requests of some minutes saw it", async () => {
    await publish(version(500, "bad"));
    const start = now;
    const result = await release("2");
    assert.deepEqual(result, { status: "rolled back", reason: "in alarm: iris-errors" });
    assert.deepEqual(await live(), ["1", undefined]);
    const minutes = (now - start) / MINUTE;
    const share = answered.filter((status) => status === 500).length / answered.length;
    assert.ok(minutes >= 2 && minutes <= 4, `${minutes} minutes to the old version`);
    assert.ok(share > 0 && share < 0.3, `${(100 * share).toFixed(1)} % of ${answered.length} requests`);
    if (process.env.RELEASE_FIGURES) {
      console.log(
        `${(100 * share).toFixed(1)} % of ${answered.length} requests failed in ${minutes} minutes`,
      );
    }
  });

  it("is not begun while an alarm fires, but for the version that mends it", async () => {
    await publish(version(200, "mended"));
    assert.deepEqual(await alarms(), ["iris-errors"]);
    assert.equal((await release("3")).status, "rolled back");
    assert.deepEqual([answered, await live()], [[], ["1", undefined]]);
    assert.deepEqual(await release("3", { ignoreAlarms: true }), { status: "released" });
    assert.deepEqual([new Set(answered), await live()], [new Set([200]), ["3", undefined]]);
  });

  it("of a version that fails its card's samples is not begun", async () => {
    await publish(version(404, "lost"));
    const verify = async () => (await verifyVersion(lambda, "iris", "4", [SAMPLE])).length === 0;
    const result = await release("4", { verify });
    assert.deepEqual(result, { status: "rolled back", reason: "version 4 fails the contract suite" });
    assert.deepEqual([answered, await live()], [[], ["3", undefined]]);
  });

  it("that is stopped by hand moves all requests back", async () => {
    const stop = new AbortController();
    const result = await release("4", {
      signal: stop.signal,
      async wait() {
        assert.deepEqual(await live(), ["3", { "4": 0.1 }]);
        stop.abort();
      },
    });
    assert.deepEqual(result, { status: "rolled back", reason: "it was stopped by hand" });
    assert.deepEqual(await live(), ["3", undefined]);
  });

  it("deletes old versions, and none that an alias names", async () => {
    services.cloud.lambda.putAlias("iris", { name: "pinned", functionVersion: "1" });
    assert.deepEqual(await pruneVersions(lambda, "iris", 1), [2]);
    assert.deepEqual(await versionsOf(lambda, "iris"), [4, 3, 1]);
  });

  it("and provisioned concurrency exclude each other, as AWS says", async () => {
    const words = { message: "Alias with weights can not be used with Provisioned Concurrency" };
    await services.cloud.lambda.provision("iris", "live", 1);
    await assert.rejects(release("4"), words);
    await services.cloud.lambda.provision("iris", "live", 0);
    const weights = { "4": 0.1 };
    services.cloud.lambda.putAlias("iris", {
      name: "live",
      functionVersion: "3",
      additionalVersionWeights: weights,
    });
    await assert.rejects(services.cloud.lambda.provision("iris", "live", 1), words);
  });
});
