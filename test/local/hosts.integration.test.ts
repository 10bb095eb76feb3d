import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { LocalCloud } from "@paddock/local/cli";
import { freePorts } from "../helpers/cloud/freePorts";
import { rawRequest } from "../helpers/http/rawRequest";
import { writeProject } from "../helpers/program/writeProject";
import { zipFunction } from "../helpers/services/zipFunction";

/** A function that answers with the address of its Runtime API, behind a URL and a REST API. */
const PROGRAM = `
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const role = new aws.iam.Role("role", { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }) });
const fn = new aws.lambda.Function("f", {
  role: role.arn, runtime: "nodejs22.x", handler: "index.handler",
  code: new pulumi.asset.FileArchive(__dirname + "/f.zip"),
});
const everyone = { function: fn.name, principal: "*" };
new aws.lambda.Permission("url", { ...everyone, action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "NONE" });
new aws.lambda.Permission("invoke", { ...everyone, action: "lambda:InvokeFunction", invokedViaFunctionUrl: true });
const api = new aws.apigateway.RestApi("api");
const method = new aws.apigateway.Method("any", { restApi: api.id, resourceId: api.rootResourceId, httpMethod: "ANY", authorization: "NONE" });
const integration = new aws.apigateway.Integration("any", {
  restApi: api.id, resourceId: api.rootResourceId, httpMethod: method.httpMethod,
  type: "AWS_PROXY", integrationHttpMethod: "POST", uri: fn.invokeArn,
});
const deployment = new aws.apigateway.Deployment("api", { restApi: api.id }, { dependsOn: [integration] });
const stage = new aws.apigateway.Stage("api", { restApi: api.id, deployment: deployment.id, stageName: "prod" });
export const apiUrl = stage.invokeUrl;
export const functionUrl = new aws.lambda.FunctionUrl("f", { functionName: fn.name, authorizationType: "NONE" }).functionUrl;
`;

describe("Every port of the local cloud", () => {
  let cloud: LocalCloud;
  let runtimeApi: string;
  let ports: number[];
  before(async () => {
    const projectDir = writeProject(PROGRAM);
    await zipFunction(path.join(projectDir, "f.zip"), {
      "index.js":
        "exports.handler = async () => ({ statusCode: 200, body: process.env.AWS_LAMBDA_RUNTIME_API });",
    });
    const basePort = await freePorts();
    cloud = await LocalCloud.start({
      projectDir,
      stack: "dev",
      basePort,
      config: {},
      allowedHosts: ["devbox.example"],
    });
    runtimeApi = await (await fetch(String(cloud.outputs.functionUrl))).text();
    const outputs = Object.values(cloud.outputs).filter((output) => String(output).startsWith("http:"));
    const addresses = [...outputs, `http://${runtimeApi}`];
    ports = [
      ...addresses.map((address) => Number(new URL(String(address)).port)),
      basePort + 3,
      basePort + 5,
    ];
  });
  after(() => cloud.close());

  const statusOf = async (port: number, host: string, path = "/") => {
    const { status, body } = await rawRequest(`http://127.0.0.1:${port}${path}`, {
      headers: [["host", host]],
    });
    return { status, body: body.toString() };
  };

  it("is one that this test knows", function () {
    const listening = listeningPorts();
    if (listening === undefined) this.skip();
    assert.deepEqual(listening, [...ports].sort());
  });

  it("answers 403 to a page whose name was made to resolve to this machine, and names the option", async () => {
    for (const port of ports) {
      const secret = runtimeApi.includes(`:${port}/`) ? runtimeApi.slice(runtimeApi.indexOf("/")) : "";
      const { status, body } = await statusOf(port, `evil.example:${port}`, `${secret}/2018-06-01/runtime/x`);
      assert.equal(status, 403, `port ${port}: ${status} ${body}`);
      if (secret === "") assert.match(body, /--allow-host evil\.example/);
    }
  });

  it("serves this machine's names, those below localhost and those that --allow-host adds", async () => {
    const { port } = new URL(String(cloud.outputs.functionUrl));
    for (const host of [`localhost:${port}`, `f.localhost:${port}`, "[::1]", "devbox.example"]) {
      assert.equal((await statusOf(Number(port), host)).status, 200, host);
    }
  });

  it("turns pages of other sites away where it asks for no signature and AWS does", async () => {
    const { status, body } = await rawRequest(
      `http://127.0.0.1:${ports.at(-1)}/endpoints/smoke/invocations`,
      {
        method: "POST",
        headers: [["origin", "https://evil.example"]],
        body: "[]",
      },
    );
    assert.deepEqual([status, /evil\.example/.test(body.toString())], [403, true]);
  });
});

/** Ports that this process listens on; only Linux says. */
function listeningPorts(): number[] | undefined {
  if (process.platform !== "linux") return undefined;
  const own = new Set(
    fs.readdirSync("/proc/self/fd").map((fd) => {
      try {
        return fs.readlinkSync(`/proc/self/fd/${fd}`);
      } catch {
        return "";
      }
    }),
  );
  return ["/proc/net/tcp", "/proc/net/tcp6"]
    .flatMap((file) => (fs.existsSync(file) ? fs.readFileSync(file, "utf8").split("\n").slice(1) : []))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === "0A" && own.has(`socket:[${inode}]`))
    .map(([, local = ""]) => Number.parseInt(local.split(":").at(-1) ?? "", 16))
    .sort();
}
