import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { LocalCloud } from "@paddock/local/cli";
import { type AccessDecision, accessReport } from "../../bin/lib/accessReport";
import { EndpointCaller } from "../../bin/lib/endpointCaller";
import { staleReasons } from "../../bin/lib/unusableGrants";
import type { Card } from "../../functions/shared/card";
import { urlOutput } from "../../infra/stackOutputs";
import { startProject } from "../helpers/cloud/startProject";
import { scaleModel } from "../helpers/models/scaleModel";
import { eventually } from "../helpers/time/eventually";
import { describeOpenApiDocument } from "./openApiDocument";

const FUNCTIONS = path.resolve(__dirname, "../../functions");

const cards = fs
  .readdirSync(FUNCTIONS)
  .map((name) => path.join(FUNCTIONS, name, "model", "card.json"))
  .filter((file) => fs.existsSync(file) && fs.existsSync(path.join(path.dirname(file), "..", "index.ts")))
  .map((file) => JSON.parse(fs.readFileSync(file, "utf8")) as Card);

/** The first sample of an endpoint. */
const sampleOf = (name: string) => cards.find((card) => card.name === name)?.samples[0]?.request ?? {};
const PRICING = sampleOf("pricing");
const { image } = sampleOf("image-validation") as { readonly image?: string };
const IMAGE = Buffer.from(image ?? "", "base64");

const deployed = process.env.PADDOCK_OUTPUTS;

/** Grants to the roles of all stacks. */
const grants: string[] = [];

/**
 * Every sample of every card, over every way in. Against the local cloud under each stack's settings, or against the
 * deployed stack whose outputs (`pulumi stack output --json`) are in the file that PADDOCK_OUTPUTS names; where it
 * takes signed requests alone, they are signed with AWS's usual credentials.
 */
for (const stack of deployed ? ["as it is deployed"] : ["dev", "prod"]) {
  describe(`contract, stack ${stack}`, () => {
    let cloud: LocalCloud | undefined;
    const decisions: AccessDecision[] = [];
    const lines: string[] = [];
    let outputs: Readonly<Record<string, unknown>>;
    let caller: EndpointCaller;

    before(async () => {
      if (deployed) {
        outputs = JSON.parse(fs.readFileSync(deployed, "utf8"));
        caller = new EndpointCaller();
      } else {
        cloud = await startProject({
          stack,
          onDecision: (request, decision) => decisions.push({ request, decision }),
          onLog: ({ line }) => lines.push(line),
        });
        outputs = cloud.outputs;
        caller = new EndpointCaller({ credentials: cloud.rootKey, region: cloud.region });
      }
    });
    after(() => cloud?.close());

    for (const { name, samples } of cards) {
      const urlName = urlOutput(name);
      const ways: Readonly<Record<string, () => string>> = {
        "function URL": () => String(outputs[urlName]),
        // The protocol's own paths are the endpoint's: it has no resource of its name.
        "REST API": () => (name === "open-inference" ? `${outputs.apiUrl}` : `${outputs.apiUrl}/${name}`),
      };
      for (const [way, address] of Object.entries(ways)) {
        it(`${name} answers its samples over its ${way}`, async () => {
          for (const { path: within = "/", request, answer } of samples) {
            const url = `${address().replace(/\/$/, "")}${within === "/" ? "" : within}`;
            const response = await caller.post(url, JSON.stringify(request));
            const body = await response.text();
            assert.deepEqual({ status: response.status, ...("body" in answer && { body }) }, answer);
            assert.ok(response.headers.get("x-request-id"), "x-request-id is missing");
          }
        });
      }
    }

    const post = async (url: unknown, body: object) => {
      const response = await caller.post(String(url), JSON.stringify(body));
      return { status: response.status, body: await response.text() };
    };

    it("the endpoints answer 404 for models, images and scenes that are not there", async () => {
      const { uploadBucket, pricingUrl, openInferenceUrl, imageValidationUrl, smokeSegmentationUrl } =
        outputs;
      const tensor = { name: "x", shape: [1], datatype: "FP32", data: [1] };
      const responses = [
        await post(pricingUrl, { ...PRICING, breed: "none" }),
        await post(`${openInferenceUrl}v2/models/none/infer`, { inputs: [tensor] }),
        await post(imageValidationUrl, { bucket: uploadBucket, key: "none.jpg" }),
        await post(smokeSegmentationUrl, { bucket: uploadBucket, file_name: "none.npy" }),
      ];
      assert.deepEqual(
        responses.map(({ status }) => status),
        [404, 404, 404, 404],
        JSON.stringify(responses),
      );
    });

    it("a scene and an image that are uploaded by a signed URL are answered", async () => {
      const { uploadBucket: bucket, imageValidationUrl, smokeSegmentationUrl } = outputs;
      const scene = fs.readFileSync(path.join(FUNCTIONS, "smoke-segmentation/samples/smoke.npy"));
      for (const [file_name, bytes, url, body] of [
        ["scene.npy", scene, smokeSegmentationUrl, { bucket, file_name: "scene.npy" }],
        ["image.jpg", IMAGE, imageValidationUrl, { bucket, key: "image.jpg" }],
      ] as const) {
        const signed = await post(`${smokeSegmentationUrl}uploads`, { file_name });
        const put = await fetch(JSON.parse(signed.body).url, { method: "PUT", body: bytes });
        assert.equal(put.status, 200, await put.text());
        const response = await post(url, body);
        assert.equal(response.status, 200, response.body);
      }
    });

    if (deployed) return;

    describeOpenApiDocument(stack, () => ({ cloud: cloud ?? assert.fail(), caller }));

    it("a file of its samples is answered by each endpoint", async () => {
      assert.ok(cloud);
      const client = new S3Client({
        endpoint: String(outputs.s3Endpoint),
        region: cloud.region,
        credentials: cloud.rootKey,
      });
      const at = { Bucket: String(outputs.uploadBucket) };
      const textOf = async (Key: string) => {
        const { Body } = await client.send(new GetObjectCommand({ ...at, Key }));
        return (await Body?.transformToString()) ?? "";
      };
      try {
        const folders = cards.map(({ name, samples }) => {
          const own = samples.filter(
            ({ path: within = "/", answer }) => within === "/" && answer.status === 200,
          );
          const isProtocol = name === "open-inference";
          const lines = isProtocol ? [{ X: [6.9, 3.1, 5.1, 2.3] }] : own.map(({ request }) => request);
          return { folder: `batches/${name}${isProtocol ? "/iris" : ""}`, lines };
        });
        for (const { folder, lines } of folders) {
          const Body = lines.map((line) => `${JSON.stringify(line)}\n`).join("") || '{"bucket":"none"}\n';
          await client.send(new PutObjectCommand({ ...at, Key: `${folder}/in/samples.jsonl`, Body }));
        }
        for (const { folder, lines } of folders) {
          const state = await eventually(async () => {
            const text = await textOf(`${folder}/state/samples.json`);
            assert.match(text, /"status": "(done|failed)"/);
            return text;
          });
          const out = (await textOf(`${folder}/out/samples.jsonl`)).split("\n").filter(Boolean);
          assert.equal(out.length, lines.length, `${folder}: ${state}`);
        }
      } finally {
        client.destroy();
      }
    });

    it("a model's shadow is compared with its live version, by an invocation of its own", async () => {
      assert.ok(cloud);
      const client = new S3Client({
        endpoint: String(outputs.s3Endpoint),
        region: cloud.region,
        credentials: cloud.rootKey,
      });
      const put = (key: string, Body: string | Uint8Array) =>
        client.send(
          new PutObjectCommand({ Bucket: String(outputs.modelBucket), Key: `models/shadowed/${key}`, Body }),
        );
      await put("1/model.onnx", scaleModel(2));
      await put("2/model.onnx", scaleModel(3));
      await put("aliases.json", '{"live": "1", "shadow": "2"}');
      client.destroy();
      const tensor = { name: "x", shape: [1], datatype: "FP32", data: [3] };
      const response = await post(`${outputs.openInferenceUrl}v2/models/shadowed/infer`, {
        inputs: [tensor],
      });
      assert.match(response.body, /"model_version":"1".*"data":\[6\]/);
      const compared = await eventually(
        () => lines.find((line) => line.includes('"shadowOf"')) ?? assert.fail("nothing was compared"),
      );
      const { shadowOf } = JSON.parse(compared);
      assert.deepEqual(
        { ...shadowOf, ms: 0 },
        {
          ...{ model: "shadowed", version: "1", shadow: "2", ms: 0, differs: true },
          outputs: { y: { values: 1, of: 1, most: 3 } },
        },
      );
    });

    it("every grant of every role is used, but for those that cannot be used on this machine", async () => {
      assert.ok(cloud);
      await uploadWithoutCard(cloud);
      const bucket = `arn:aws:s3:::${outputs.modelBucket}`;
      const isLookedFor = () =>
        decisions.some(
          ({ request: { action, resource, principal } }) =>
            action === "s3:ListBucket" && resource === bucket && principal.includes("model-sync"),
        );
      await eventually(() => assert.ok(isLookedFor()));
      const roles = accessReport(cloud.rolePolicies, decisions);
      const report = process.env.PADDOCK_ACCESS_REPORT;
      if (report !== undefined) fs.appendFileSync(report, `${JSON.stringify({ stack, roles })}\n`);
      assert.ok(roles.length > 6);
      assert.deepEqual(
        roles.flatMap(({ role, unused }) =>
          unused.filter(({ reason }) => reason === undefined).map(({ grant }) => `${role}: ${grant}`),
        ),
        [],
      );
      for (const { statements } of [...cloud.rolePolicies.values()].flat()) {
        for (const { actions, resources } of statements) {
          grants.push(...actions.map((action) => `${action} on ${resources.join(", ")}`));
        }
      }
    });
  });
}

if (!deployed) {
  describe("contract, all stacks", () => {
    it("each reason for a grant that is not used is about one of them", () => {
      assert.deepEqual(staleReasons(grants), []);
    });
  });
}

/** A file of a model without its card: the copying function looks for the card, and leaves the rest to a later upload. */
async function uploadWithoutCard({ outputs, rootKey, region }: LocalCloud): Promise<void> {
  const client = new S3Client({ endpoint: String(outputs.s3Endpoint), region, credentials: rootKey });
  const Bucket = String(outputs.modelBucket);
  await client.send(new PutObjectCommand({ Bucket, Key: "volume/none/model.onnx", Body: "x" }));
  client.destroy();
}
