import assert from "node:assert/strict";
import { describeEngine } from "../helpers/engine/describeEngine";
import { TestEngine, TestStack } from "../helpers/engine/testEngine";
import { ProjectCopy } from "../helpers/program/projectCopy";

const ENDPOINT = '  new Endpoint("iris", { shared, model: { source: "bundle" } }),\n';

describeEngine("an endpoint that is removed and comes back, in a stack that protects its data", () => {
  const engine = new TestEngine();
  const project = new ProjectCopy();
  const stack = new TestStack(engine, project.folder, "local");
  const irisLogs = () => logGroups(stack).filter((name) => name.includes("/iris-"));
  let logs: string[];
  const deployment =
    "urn:pulumi:local::paddock::paddock:index:InferenceApi$aws:apigateway/deployment:Deployment::api";

  const succeeds = async (...options: string[]) => {
    const { ok, errors } = await stack.up(...options);
    assert.deepEqual([ok, errors], [true, ""]);
  };
  const statusOfIris = async () => {
    const body = '{"sl": 6.9, "sw": 3.1, "pl": 5.1, "pw": 2.3}';
    const response = await fetch(`${stack.outputs().apiUrl}/iris`, { method: "POST", body });
    return [response.status, await response.text()];
  };

  it("Its path answers 403 once the API's deployment is replaced, as the workflow does", async () => {
    project.edit(
      "Pulumi.local.yaml",
      "  paddock:platform: host\n",
      "  paddock:platform: host\n  paddock:protect: true\n",
    );
    await succeeds();
    assert.deepEqual(await statusOfIris(), [200, "virginica"]);
    logs = irisLogs();
    assert.equal(logs.length, 1);
    project.edit("index.ts", ENDPOINT, "");
    await succeeds();
    // The snapshot was made before the route was deleted.
    assert.equal((await statusOfIris())[0], 500);
    await succeeds("--replace", deployment);
    assert.deepEqual(await statusOfIris(), [403, '{"message":"Missing Authentication Token"}']);
    assert.deepEqual(irisLogs(), []);
  });

  it("`up` brings it back with logs of its own, though the old ones were kept", async () => {
    project.edit("index.ts", "const endpoints = [\n", `const endpoints = [\n${ENDPOINT}`);
    await succeeds();
    assert.deepEqual(await statusOfIris(), [200, "virginica"]);
    assert.equal(irisLogs().length, 1);
    assert.notDeepEqual(irisLogs(), logs);
  });

  it("The REST API is protected from a destroy", async () => {
    const { ok, errors } = await stack.destroy();
    assert.equal(ok, false);
    assert.match(errors, /RestApi.*protected|protected.*RestApi|cannot be deleted/s);
  });
});

/** Names of the log groups in the stack's state. */
function logGroups(stack: TestStack): string[] {
  const { deployment } = JSON.parse(stack.pulumi("stack", "export")) as {
    deployment: { resources: { type: string; outputs?: { name?: string } }[] };
  };
  return deployment.resources
    .filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup")
    .map(({ outputs }) => String(outputs?.name));
}
