import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { Services } from "@paddock/local/cloud";
import { writeRunningCloud } from "@paddock/local/running";
import { endpointCard } from "../../bin/lib/endpointCards";
import { liveAlias } from "../../bin/lib/release/functionVersions";
import { freePorts } from "../helpers/cloud/freePorts";
import { runCommand } from "../helpers/process/runCommand";
import { temporaryFolder } from "../helpers/process/temporaryFolder";
import { lambdaTools } from "../helpers/services/temporaryLambda";

/** Answers as the card's samples say. */
const RIGHT = `
const samples = ${JSON.stringify(endpointCard("iris").samples)};
exports.handler = async ({ body }) => {
  const { answer } = samples.find(({ request }) => JSON.stringify(request) === body);
  return { statusCode: answer.status, body: answer.body };
};`;
const WRONG = "exports.handler = async () => ({ statusCode: 500 });";

describe("npm run release of a stack of npm run local", () => {
  const folder = temporaryFolder();
  const dataDir = path.join(folder, ".paddock", "local");
  let services: Services;
  let lambda: LambdaClient;

  const publish = (source: string) =>
    lambdaTools(services.cloud.lambda, temporaryFolder()).deploy("iris", source, { publish: true });
  const live = async () => {
    const { FunctionVersion, RoutingConfig } = await liveAlias(lambda, "iris");
    return [FunctionVersion, RoutingConfig?.AdditionalVersionWeights];
  };
  /** Has a `pulumi` on PATH that gives these outputs of the deployed stack. */
  const deployed = (outputs: object) => {
    const script = `#!${process.execPath}\nconsole.log(${JSON.stringify(JSON.stringify(outputs))});\n`;
    fs.writeFileSync(path.join(folder, "pulumi"), script, { mode: 0o755 });
  };
  const start = (...args: string[]) =>
    runCommand("bin/release.ts", ["--local", ...args], folder, { ...process.env, PATH: folder });
  const release = async (...args: string[]) => {
    const command = start(...args);
    return [await command.exit, command.output()];
  };
  const inSteps = (steps: string) =>
    deployed({ functionNames: { iris: "iris" }, releases: { application: "app", steps } });

  before(async () => {
    services = new Services({
      region: "us-east-1",
      dataDir,
      basePort: await freePorts(),
      countVersions: true,
    });
    await services.start();
    const { outputs, cloud } = services;
    const { endpoint, region } = outputs;
    writeRunningCloud(dataDir, { outputs, region: String(region), providerPort: 1 });
    lambda = new LambdaClient({ endpoint, region, credentials: cloud.iam.rootKey });
    for (let version = 1; version <= 2; version++) await publish(`${RIGHT}\n// ${version}`);
    cloud.lambda.putAlias("iris", { name: "live", functionVersion: "1" });
  });
  after(async () => {
    lambda?.destroy();
    await services?.close();
  });

  it("has nothing to do where `pulumi up` moves requests at once", async () => {
    deployed({ functionNames: { iris: "iris" } });
    const [exit, output] = await release();
    assert.equal(exit, 0, String(output));
    assert.match(String(output), /^The stack's setting `release` is all: /);
  });

  it("moves a part of the requests first, and all of them back where Ctrl-C stops it", async () => {
    inSteps("canary10percent5minutes");
    const command = start("iris");
    await command.printed(/iris: 10 % of the requests get version 2\n/);
    assert.deepEqual(await live(), ["1", { "2": 0.1 }]);
    command.process.kill("SIGINT");
    assert.equal(await command.exit, 1);
    assert.match(command.output(), /\niris: back to version 1: it was stopped by hand\n$/);
    assert.deepEqual(await live(), ["1", undefined]);
  });

  it("begins nothing with a version that answers its card's samples wrongly", async () => {
    await publish(WRONG);
    const [exit, output] = await release("iris");
    assert.equal(exit, 1);
    assert.match(
      String(output),
      /^iris: version 3: \/: status 500, not 200 as the card says\n[\s\S]*iris: back to version 1: version 3 fails /,
    );
    assert.deepEqual(await live(), ["1", undefined]);
  });

  it("moves all requests back to the version before, without waiting", async () => {
    services.cloud.lambda.putAlias("iris", { name: "live", functionVersion: "3" });
    assert.deepEqual(await release("iris", "--rollback"), [0, "iris: all requests get version 2\n"]);
    assert.deepEqual(await live(), ["2", undefined]);
  });

  it("rejects an endpoint that the stack does not have, also by a name that every object has", async () => {
    assert.deepEqual(await release("constructor"), [1, 'The stack has no endpoint "constructor".\n']);
  });

  it("asks for a local cloud where none runs", async () => {
    const command = runCommand("bin/release.ts", ["--local"], temporaryFolder());
    assert.deepEqual(
      [await command.exit, command.output()],
      [1, "No local cloud runs here: start it with `npm run local` in another terminal.\n"],
    );
  });
});
