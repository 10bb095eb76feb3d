import assert from "node:assert/strict";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { LocalCloud } from "@paddock/local/cli";
import { freePorts } from "../../helpers/cloud/freePorts";
import { rawRequest } from "../../helpers/http/rawRequest";
import { writeProject } from "../../helpers/program/writeProject";
import { zipFunction } from "../../helpers/services/zipFunction";

/** Three functions: one with a function URL for everyone, one that asks for signatures, one that nobody calls over HTTP. */
const PROGRAM = `
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const role = new aws.iam.Role("role", { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }) });
const code = new pulumi.asset.FileArchive(__dirname + "/f.zip");
const make = (name: string) => new aws.lambda.Function(name, { role: role.arn, runtime: "nodejs22.x", handler: "index.handler", code });
const open = make("open");
const everyone = { function: open.name, principal: "*" };
new aws.lambda.Permission("url", { ...everyone, action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "NONE" });
new aws.lambda.Permission("invoke", { ...everyone, action: "lambda:InvokeFunction", invokedViaFunctionUrl: true });
new aws.lambda.FunctionUrl("open", { functionName: open.name, authorizationType: "NONE" });
new aws.lambda.FunctionUrl("signed", { functionName: make("signed").name, authorizationType: "AWS_IAM" });
make("quiet");

const api = new aws.apigateway.RestApi("api");
const parent = new aws.apigateway.Resource("v2", { restApi: api.id, parentId: api.rootResourceId, pathPart: "v2" });
const resource = new aws.apigateway.Resource("open", { restApi: api.id, parentId: parent.id, pathPart: "open" });
const at = { restApi: api.id, resourceId: resource.id, httpMethod: "ANY" };
const method = new aws.apigateway.Method("any", { ...at, authorization: "NONE" });
const integration = new aws.apigateway.Integration("any", {
  ...at, type: "AWS_PROXY", integrationHttpMethod: "POST", uri: open.invokeArn,
}, { dependsOn: [method] });
const deployment = new aws.apigateway.Deployment("api", { restApi: api.id }, { dependsOn: [integration] });
new aws.apigateway.Stage("api", { restApi: api.id, deployment: deployment.id, stageName: "prod" });
new aws.s3.Bucket("uploads");
`;

const HANDLER = `exports.handler = async (event) => {
  if (event.requestContext.http.method === "GET")
    return { statusCode: 200, body: JSON.stringify({ description: "says " + event.rawPath, paths: ["/", "/more"] }) };
  const body = event.isBase64Encoded ? Buffer.from(event.body, "base64") : Buffer.from(event.body ?? "");
  const statusCode = Number(event.headers["x-status"] ?? 200);
  if (event.rawPath === "/bytes")
    return { statusCode, isBase64Encoded: true, body: Buffer.from([0xff, 0xfe, 0]).toString("base64") };
  return { statusCode, headers: { "content-type": "text/plain" }, body: event.rawPath + " " + body.toString("hex") };
};`;

describe("The page's server", () => {
  let cloud: LocalCloud;
  let address: string;
  let secret: string;
  before(async () => {
    const projectDir = writeProject(PROGRAM);
    await zipFunction(path.join(projectDir, "f.zip"), { "index.js": HANDLER });
    cloud = await LocalCloud.start({ projectDir, stack: "dev", basePort: await freePorts(), config: {} });
    [address = "", secret = ""] = cloud.pageAddress.split("/#secret=");
  });
  after(() => cloud?.close());

  const ask = (route: string, init: RequestInit = {}) =>
    fetch(`${address}${route}`, {
      ...init,
      headers: { authorization: `Bearer ${secret}`, ...(init.headers as Record<string, string>) },
    });
  const call = async (request: object): Promise<Record<string, unknown>> => {
    const response = await ask("/api/call", { method: "POST", body: JSON.stringify(request) });
    return { status: response.status, ...((await response.json()) as object) };
  };

  it("gives the page's files to everyone, under a policy that runs and fetches nothing else", async () => {
    const response = await fetch(address);
    const html = await response.text();
    const policy = response.headers.get("content-security-policy") ?? "";
    assert.doesNotMatch(policy, /unsafe|http:|https:|\*/);
    assert.match(policy, /default-src 'none'/);
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? "");
    assert.equal(files.length, 3);
    for (const file of files) {
      assert.match(file, /^\//);
      assert.equal((await fetch(`${address}${file}`)).status, 200);
    }
  });

  it("gives the whole first view in under 100 KiB gzipped", async () => {
    const seen = new Set<string>();
    const load = async (file: string): Promise<number> => {
      if (seen.has(file)) return 0;
      seen.add(file);
      const response = await fetch(`${address}${file}`);
      const text = await response.text();
      const imported = [...text.matchAll(/(?:from|import)"\.\/([^"]+)"/g)].map(
        ([, name]) => `/assets/${name}`,
      );
      const linked = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, name]) => name ?? "");
      let bytes = gzipSync(text).length;
      for (const other of file === "/" ? linked : imported) bytes += await load(other);
      return bytes;
    };
    const bytes = await load("/");
    assert.ok(seen.size >= 5 && bytes > 5_000 && bytes < 100 * 1024, `${bytes} bytes in ${[...seen]}`);
  });

  it("tells of each request as it comes, with its event, response and log, and replays it", async () => {
    const left = new AbortController();
    const response = await ask("/api/requests", { signal: left.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader() ?? assert.fail();
    await call({ endpoint: "open", path: "/told", body: "a" });
    let text = "";
    while (!text.includes('"/told"')) text += (await reader.read()).value;
    left.abort();
    const line = text.split("\n").find((each) => each.includes('"/told"')) ?? "";
    const { id, functionName, status, via } = JSON.parse(line);
    assert.deepEqual([functionName, status, via], ["open", 200, "functionUrl"]);
    const detail = (await (await ask(`/api/requests/${id}`)).json()) as Record<string, string>;
    assert.equal(JSON.parse(detail.event ?? "").rawPath, "/told");
    assert.equal(JSON.parse(detail.response ?? "").body, "/told 61");
    assert.match(String(detail.log), /^START RequestId/);
    const event = { ...JSON.parse(detail.event ?? ""), rawPath: "/again" };
    const replayed = await ask("/api/replay", {
      method: "POST",
      body: JSON.stringify({ functionName: "open", event }),
    });
    const { payload } = (await replayed.json()) as { payload: string };
    assert.equal(JSON.parse(payload).body, "/again 61");
    assert.equal((await ask("/api/requests/0")).status, 404);
  });

  it("Bodies that nest too deeply, and methods that ask for a tunnel, are the caller's mistakes", async () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    for (const [path, body, said] of [
      ["/api/replay", `{"functionName": "open", "event": ${deep}}`, "The body is nested too deeply."],
      ["/api/call", `{"endpoint": "open", "body": ${deep}}`, "The body is nested too deeply."],
      [
        "/api/call",
        '{"endpoint": "open", "method": "CONNECT"}',
        "CONNECT asks for a tunnel, which no endpoint is.",
      ],
    ] as const) {
      const response = await ask(path, { method: "POST", body });
      assert.deepEqual([response.status, await response.json()], [400, { message: said }]);
    }
  });

  it("rejects calls of its API without the secret, or with another one", async () => {
    for (const headers of [{}, { authorization: "Bearer wrong" }, { authorization: secret }]) {
      const response = await fetch(`${address}/api/endpoints`, {
        headers: headers as Record<string, string>,
      });
      const { message } = (await response.json()) as { message: string };
      assert.deepEqual(
        [response.status, message.slice(0, 38)],
        [401, "The page's secret is missing or wrong:"],
      );
    }
    assert.equal((await fetch(`${address}/api/endpoints?secret=${secret}`)).status, 401);
  });

  it("rejects calls from pages of any other origin, other ports of this machine included", async () => {
    for (const origin of ["https://example.com", "http://127.0.0.1:1", "null"]) {
      assert.equal((await ask("/api/endpoints", { headers: { origin } })).status, 403);
    }
    assert.equal((await ask("/api/endpoints", { headers: { origin: address } })).status, 200);
  });

  it("rejects requests for another host", async () => {
    const { status } = await rawRequest(`${address}/`, { headers: [["Host", "example.com"]] });
    assert.equal(status, 403);
  });

  it("lists the functions that are called over HTTP, with their addresses", async () => {
    const { port } = new URL(address);
    const rest = `http://127.0.0.1:${Number(port) - 5}/prod/v2/open`;
    const endpoints = (await (await ask("/api/endpoints")).json()) as Record<string, string>[];
    assert.deepEqual(
      endpoints.map(({ name, restUrl, authorization }) => ({ name, restUrl, authorization })),
      [
        { name: "open", restUrl: rest, authorization: "NONE" },
        { name: "signed", restUrl: undefined, authorization: "AWS_IAM" },
      ],
    );
    for (const { functionUrl } of endpoints) assert.match(functionUrl ?? "", /^http:\/\/127.0.0.1:\d+\/$/);
  });

  it("asks an endpoint what it says of itself, on all of its paths, and signs where that is asked for", async () => {
    for (const name of ["open", "signed"]) {
      const { describes } = (await (await ask(`/api/endpoints/${name}`)).json()) as Record<string, unknown>;
      assert.deepEqual(describes, {
        "/": { description: "says /", paths: ["/", "/more"] },
        "/more": { description: "says /more", paths: ["/", "/more"] },
      });
    }
    const response = await ask("/api/endpoints/opne");
    assert.deepEqual(
      [response.status, await response.json()],
      [404, { message: 'There is no endpoint "opne" (did you mean "open"?): open, signed.' }],
    );
  });

  it("sends calls on to an endpoint, and gives its response whatever its status", async () => {
    const { ms, requestId, headers, ...response } = await call({
      endpoint: "open",
      path: "/a",
      headers: { "x-status": "418", Host: "elsewhere" },
      body: { a: 1 },
    });
    assert.deepEqual(response, { status: 418, body: `/a ${Buffer.from('{"a":1}').toString("hex")}` });
    assert.equal(typeof ms, "number");
    assert.match(String(requestId), /^[0-9a-f-]{36}$/);
    assert.equal((headers as Record<string, string>)["content-type"], "text/plain");
    const signed = await call({ endpoint: "signed", path: "/b?c=d e", bodyBase64: "/w==" });
    assert.equal(signed.body, "/b ff");
    const bytes = await call({ endpoint: "open", path: "/bytes" });
    assert.deepEqual([bytes.bodyBase64, bytes.body], ["//4A", undefined]);
  });

  it("rejects calls that are none, and those of another address than an endpoint's", async () => {
    for (const wrong of [{}, { endpoint: "open", path: "//evil" }, { endpoint: "open", headers: { a: 1 } }]) {
      const { status } = await call(wrong);
      assert.equal(status, "path" in wrong ? 200 : 400);
    }
    assert.equal((await call({ endpoint: "open", method: "A B" })).status, 400);
    const response = await ask("/api/call", { method: "POST", body: "[]" });
    assert.equal(response.status, 400);
  });

  it("sends uploads on to the local S3, and to nothing else", async () => {
    const foreign = await ask("/api/upload", {
      method: "PUT",
      body: "a",
      headers: { "x-upload-url": "http://127.0.0.1:1/" },
    });
    assert.equal(foreign.status, 400);
    const unsigned = await ask("/api/upload", {
      method: "PUT",
      body: "a".repeat(100_000),
      headers: { "x-upload-url": `${cloud.outputs.s3Endpoint}/uploads/a.npy` },
    });
    const { status, body } = (await unsigned.json()) as { status: number; body: string };
    assert.deepEqual([unsigned.status, status], [200, 404]);
    assert.match(body, /NoSuchBucket/);
  });
});
