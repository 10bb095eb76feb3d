import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { buildSync } from "esbuild";
import { ClientsCloud } from "../helpers/clients/clientsCloud";
import { npmClients } from "../helpers/clients/installClients";
import { describeWith } from "../helpers/process/describeWith";

const ECHO = "exports.handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) })";

/** A schema of Powertools' parser; it throws for what it does not take. */
interface Schema {
  parse(event: unknown): unknown;
}

/** A handler as it is deployed: one file of CommonJS. */
function bundle(entry: string, modules: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    write: false,
    nodePaths: [modules],
  });
  return outputFiles[0]?.text ?? "";
}

describeWith("npm", "on the local cloud", function () {
  this.timeout(900_000);
  let cloud: ClientsCloud;
  let modules: string;
  before(async () => {
    modules = npmClients();
    const bundled = ["honoApp", "expressApp", "sdkCaller"].map((name) => {
      const entry = path.join(__dirname, "javascript", `${name}.js`);
      return [name, bundle(entry, modules)];
    });
    cloud = await ClientsCloud.start({ echo: ECHO, ...Object.fromEntries(bundled) });
  });
  after(() => cloud?.close());

  for (const [title, name] of [
    ["hono", "honoApp"],
    ["Express behind serverless-express", "expressApp"],
  ] as const) {
    for (const way of ["Url", "Api"] as const) {
      const through = way === "Url" ? "function URL" : "REST API";
      it(`${title} answers through a ${through}, with a query, cookies both ways and bytes`, async () => {
        const address = cloud.address(name, way);
        const hello = await fetch(`${address}/hello/ada%20l?q=1&q=2`, { headers: { cookie: "c=3; d=4" } });
        assert.deepEqual(await hello.json(), { hello: "ada l", q: ["1", "2"], cookie: "c=3; d=4" });
        assert.deepEqual(hello.headers.getSetCookie(), ["a=1", "b=2"]);
        const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
        const back = await fetch(`${address}/bytes`, {
          method: "POST",
          body: bytes,
          headers: { "content-type": "application/octet-stream", accept: "application/octet-stream" },
        });
        assert.equal(back.status, 201);
        assert.equal(
          Buffer.from(await back.arrayBuffer()).toString("hex"),
          Buffer.from(bytes).toString("hex"),
        );
        assert.equal((await fetch(`${address}/none`)).status, 404);
      });
    }
  }

  it("Powertools' schemas parse the events that a function saw", async () => {
    const schemas = createRequire(path.join(modules, "x.js"))("@aws-lambda-powertools/parser/schemas");
    const seen = async (way: "Url" | "Api") =>
      (await fetch(`${cloud.address("echo", way)}/a?b=c`, { method: "POST", body: "{}" })).json();
    (schemas.LambdaFunctionUrlSchema as Schema).parse(await seen("Url"));
    (schemas.APIGatewayProxyEventSchema as Schema).parse(await seen("Api"));
  });

  it("a function calls another one by the SDK, with no setting of its own", async () => {
    const response = await fetch(`${cloud.address("sdkCaller", "Url")}/`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ functionName: "echo", payload: { a: "ü" } }),
    });
    assert.deepEqual(await response.json(), {
      payload: { statusCode: 200, body: '{"a":"ü"}' },
      version: "$LATEST",
    });
  });
});
