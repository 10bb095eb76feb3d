import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { LocalCloud } from "@paddock/local/cli";
import type { Declaration } from "@paddock/local/program";
import type { EndpointCaller } from "../../bin/lib/endpointCaller";
import { describeStack } from "../../bin/lib/openapi/describeStack";
import type { JsonSchema, OpenApiDocument, Operation } from "../../bin/lib/openapi/document";
import { compileSchema, differenceFrom } from "../helpers/openapi/checkResponse";
import { runCommand } from "../helpers/process/runCommand";
import { temporaryFolder } from "../helpers/process/temporaryFolder";
import { declareStack } from "../helpers/program/declareStack";

const ROOT = path.resolve(__dirname, "../..");
const SCENE = path.join(ROOT, "functions/smoke-segmentation/samples/smoke.npy");

/** The document of a stack that is served here, and what the endpoints answer to what it says of them. */
export function describeOpenApiDocument(
  stack: string,
  served: () => { readonly cloud: LocalCloud; readonly caller: EndpointCaller },
): void {
  describe(`The OpenAPI document of the stack ${stack}`, () => {
    let cloud: LocalCloud;
    let caller: EndpointCaller;
    let document: OpenApiDocument;
    const folder = temporaryFolder();

    before(async () => {
      ({ cloud, caller } = served());
      document = await describeStack(cloud.outputs, caller);
      await uploadScene(cloud);
    });

    const posts = () =>
      Object.entries(document.paths).flatMap(([path, item]) =>
        item.post === undefined ? [] : [{ path, servers: item.servers, item, post: item.post }],
      );

    it("The document is valid by OpenAPI 3.1", async () => {
      const { Validator } = await import("@seriousme/openapi-schema-validator");
      const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
      assert.deepEqual({ valid, errors }, { valid: true, errors: undefined });
    });

    it("has schemas that JSON Schema's draft 2020-12 knows every word of", () => {
      for (const schema of schemasIn(document)) compileSchema(document, schema);
    });

    it("has the paths of the REST API, and no other", async () => {
      const declared = routesOf(await declareStack({}, stack));
      assert.ok(declared.length > 0);
      const matching = (route: string) => {
        const pattern = new RegExp(`^${route.replace(/\{\w+\+\}/g, ".+")}$`);
        return Object.keys(document.paths).filter((path) => pattern.test(path));
      };
      assert.deepEqual(
        declared.filter((route) => matching(route).length === 0),
        [],
      );
      assert.deepEqual(declared.flatMap(matching).sort(), Object.keys(document.paths).sort());
    });

    it("has every route of the Open Inference Protocol, as its source lists them", () => {
      const source = fs.readFileSync(path.join(ROOT, "functions/open-inference/protocol.ts"), "utf8");
      const fixed = [...source.matchAll(/\["(\/v2[^"]*)"/g)].map(([, route]) => route);
      const ofModel = [...source.matchAll(/case "(\/\w+)":/g)].map(([, rest]) => `/v2/models/{name}${rest}`);
      assert.ok(fixed.length >= 4 && ofModel.length >= 2);
      const paths = Object.keys(document.paths);
      assert.deepEqual(
        [...fixed, ...ofModel].filter((route) => !paths.includes(String(route))),
        [],
      );
    });

    it("has examples that are answered as it says, over both ways in", async () => {
      let sent = 0;
      for (const { path, servers, item, post } of posts()) {
        const examples = post.requestBody?.content["application/json"]?.examples ?? {};
        for (const [name, { value }] of Object.entries(examples)) {
          for (const { url } of servers) {
            const address = url + withParameters(path, item.parameters);
            const response = await caller.post(address, JSON.stringify(value));
            const body = await response.text();
            assert.equal(response.status, 200, `${address} answers ${response.status} ${body.slice(0, 200)}`);
            checkResponse(document, post, response, body);
            const type = (response.headers.get("content-type") ?? "").split(";")[0] ?? "";
            const expected = post.responses["200"]?.content?.[type]?.examples?.[name];
            const answered = type === "application/json" ? JSON.parse(body) : body;
            if (expected) assert.deepEqual(answered, expected.value);
            sent++;
          }
        }
      }
      assert.ok(sent >= 24, `${sent} examples`);
    });

    it("has requests of several rows, which are answered as it says", async () => {
      const asked: string[] = [];
      for (const { path, servers, post } of posts()) {
        const { schema, examples = {} } = post.requestBody?.content["application/json"] ?? {};
        if (schema?.anyOf === undefined) continue;
        asked.push(path);
        const instances = Object.values(examples).map(({ value }) => value);
        const response = await caller.post(`${servers[0]?.url}${path}`, JSON.stringify({ instances }));
        const body = await response.text();
        assert.equal(response.status, 200, body);
        checkResponse(document, post, response, body);
      }
      assert.deepEqual(asked.sort(), ["/breast-cancer", "/iris", "/pricing"]);
    });

    it("describes what GET answers, over both ways in", async () => {
      for (const [path, { servers, parameters, get }] of Object.entries(document.paths)) {
        if (get === undefined) continue;
        for (const { url } of servers) {
          const response = await caller.get(url + withParameters(path, parameters));
          assert.equal(response.status, 200, url + path);
          checkResponse(document, get, response, await response.text());
        }
      }
    });

    it("describes what bad requests are answered", async () => {
      for (const { path, servers, item, post } of posts()) {
        for (const body of [
          "",
          "[]",
          '{"instances": 5}',
          '{"bucket": "other", "file_name": "a", "key": "a"}',
        ]) {
          for (const { url } of servers) {
            const response = await caller.post(url + withParameters(path, item.parameters), body);
            checkResponse(document, post, response, await response.text());
          }
        }
      }
    });

    it("says which requests are signed", () => {
      const expected = stack === "prod" ? [{ sigv4: [] }] : [];
      for (const { post } of posts()) assert.deepEqual(post.security, expected);
    });

    it("is written by its command for a stack whose outputs are given", async () => {
      const [out, outputs] = [path.join(folder, "openapi.json"), path.join(folder, "outputs.json")];
      fs.writeFileSync(outputs, JSON.stringify(cloud.outputs));
      const key = {
        AWS_ACCESS_KEY_ID: cloud.rootKey.accessKeyId,
        AWS_SECRET_ACCESS_KEY: cloud.rootKey.secretAccessKey,
      };
      const env = { ...process.env, ...key, AWS_REGION: cloud.region };
      const { output, exit } = runCommand("bin/openapi.ts", ["--outputs", outputs, "--out", out], ROOT, env);
      assert.equal(await exit, 0, output());
      assert.deepEqual(JSON.parse(fs.readFileSync(out, "utf8")), document);
    });
  });
}

async function uploadScene({ outputs, rootKey, region }: LocalCloud): Promise<void> {
  const client = new S3Client({ endpoint: String(outputs.s3Endpoint), region, credentials: rootKey });
  const Bucket = String(outputs.uploadBucket);
  await client.send(new PutObjectCommand({ Bucket, Key: "folder/scene.npy", Body: fs.readFileSync(SCENE) }));
  client.destroy();
}

/** The REST API's paths that have a method, e.g. `/v2/{proxy+}`. */
function routesOf({ resources }: Declaration): string[] {
  const byId = new Map(
    resources
      .filter(({ type }) => type === "aws:apigateway/resource:Resource")
      .map(({ inputs, outputs }) => [outputs.id, inputs]),
  );
  const pathOf = (id: unknown): string => {
    const inputs = byId.get(id as string);
    return inputs === undefined ? "" : `${pathOf(inputs.parentId)}/${inputs.pathPart}`;
  };
  const methods = resources.filter(({ type }) => type === "aws:apigateway/method:Method");
  return [...new Set(methods.map(({ inputs }) => pathOf(inputs.resourceId)))];
}

/** Checks that a response's status, content type and body are those of the document. */
function checkResponse(
  document: OpenApiDocument,
  operation: Operation,
  response: Response,
  body: string,
): void {
  const contentType = response.headers.get("content-type") ?? "";
  assert.equal(
    differenceFrom(document, operation, { status: response.status, contentType, body }),
    undefined,
  );
}

function* schemasIn(value: unknown): Generator<JsonSchema> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (name === "schema") yield member as JsonSchema;
    else if (name !== "examples") yield* schemasIn(member);
  }
}

function withParameters(
  path: string,
  parameters: OpenApiDocument["paths"][string]["parameters"] = [],
): string {
  return parameters.reduce((filled, { name, example = "" }) => filled.replace(`{${name}}`, example), path);
}
