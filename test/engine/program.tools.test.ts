import assert from "node:assert/strict";
import { policyPackOf } from "@paddock/local/engine";
import { describeEngine } from "../helpers/engine/describeEngine";
import { TestEngine, TestStack } from "../helpers/engine/testEngine";
import { ProjectCopy } from "../helpers/program/projectCopy";

const IRIS = { sl: 6.9, sw: 3.1, pl: 5.1, pw: 2.3 };

describeEngine("this project's program", () => {
  const engine = new TestEngine();
  const project = new ProjectCopy();
  const stack = new TestStack(engine, project.folder, "local");
  const pack = () => policyPackOf(project.folder, project.folder, "local") as string;

  it("passes its own policy pack before anything is deployed", async () => {
    const { ok, errors } = await stack.preview("--policy-pack", pack());
    assert.deepEqual([ok, errors], [true, ""]);
  });

  it("is deployed by `up`, and answers at its outputs", async () => {
    const { ok, errors } = await stack.up();
    assert.deepEqual([ok, errors], [true, ""]);
    const { irisUrl, apiUrl } = stack.outputs();
    assert.deepEqual(await Promise.all([post(`${irisUrl}`), post(`${apiUrl}/iris`)]), [
      "virginica",
      "virginica",
    ]);
  });

  it("is left as it is by a second preview", async () => {
    assert.deepEqual(await stack.preview("--expect-no-changes"), { ok: true, steps: [], errors: "" });
  });

  it("changes one function and its alias when a handler changes", async () => {
    project.append("functions/iris/predict.ts", 'process.env.CHANGED = "yes";\n');
    assert.deepEqual(await stack.preview(), {
      ok: true,
      steps: ["update Alias iris", "update Function iris"],
      errors: "",
    });
  });

  it("publishes the REST API anew when a route is added", async () => {
    project.edit("index.ts", 'new Endpoint("iris", {', 'new Endpoint("iris", { paths: ["iris", "flowers"],');
    assert.deepEqual(await stack.up(), {
      ok: true,
      steps: [
        "create Integration api-flowers",
        "create Method api-flowers",
        "create Permission api-flowers",
        "create Resource api-flowers",
        "create-replacement Deployment api",
        "delete-replaced Deployment api",
        "replace Deployment api",
        "update Alias iris",
        "update Function iris",
        "update Stage api",
      ],
      errors: "",
    });
    // The handler itself knows its own path alone: that it answers is what counts.
    assert.match(await post(`${stack.outputs().apiUrl}/flowers`), /No path \/flowers here/);
  });

  it("passes its own policy pack, and fails the preview where it breaks a mandatory rule of it", async () => {
    const passed = await stack.preview("--policy-pack", pack());
    assert.deepEqual([passed.ok, passed.errors], [true, ""]);
    project.edit(
      "Pulumi.local.yaml",
      '- rule: lambda-url-auth\n      resource: "*"',
      "- rule: lambda-url-auth\n      resource: iris",
    );
    const failed = await stack.preview("--policy-pack", pack());
    assert.equal(failed.ok, false);
    assert.match(failed.errors, /^lambda-url-auth: authorization NONE; allowed: AWS_IAM\. /m);
  });

  it("leaves nothing after `destroy`", async () => {
    assert.equal((await stack.destroy()).ok, true);
    assert.deepEqual(engine.live, []);
  });
});

async function post(url: string): Promise<string> {
  return (await fetch(url, { method: "POST", body: JSON.stringify(IRIS) })).text();
}
