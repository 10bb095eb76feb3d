import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { ACTIONS as LAMBDA_ACTIONS } from "@paddock/local/lambda";
import { ACTIONS as S3_ACTIONS } from "@paddock/local/s3";
import { ClientsCloud } from "../helpers/clients/clientsCloud";
import { pythonClients } from "../helpers/clients/installClients";
import { describeWith } from "../helpers/process/describeWith";
import { temporaryFolder } from "../helpers/process/temporaryFolder";

const run = promisify(execFile);

/** Gives back the event. */
const ECHO = "exports.handler = async (event) => event;";

describeWith("python", "botocore's own models of S3, Lambda, STS and the SageMaker runtime", function () {
  this.timeout(900_000);
  const home = temporaryFolder();
  let cloud: ClientsCloud;
  let bin: string;
  before(async () => {
    bin = pythonClients();
    cloud = await ClientsCloud.start({ echo: ECHO });
  });
  after(() => cloud?.close());

  it("have all that is in the response to each action of the local cloud", async () => {
    const script = path.join(__dirname, "python/responses.py");
    const { stdout } = await run(path.join(bin, "python"), [script, cloud.bucket, cloud.configured, "echo"], {
      env: await cloud.environment(home),
    });
    const { called, unparsed } = JSON.parse(stdout);
    assert.deepEqual(unparsed, []);
    // Permissions name the one operation Invoke otherwise.
    const lambda = LAMBDA_ACTIONS.map(({ name }) =>
      name.slice("lambda:".length).replace(/^InvokeFunction$/, "Invoke"),
    );
    const others = ["GetCallerIdentity", "InvokeEndpoint"];
    const served = new Set([...S3_ACTIONS.map(({ name }) => name), ...lambda, ...others]);
    assert.deepEqual(called, [...served].sort(), "every action is called, and nothing else");
  });
});
