import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { specialArchiveSig, specialSigKey, unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { ACCOUNT_ID } from "../../../local/cloud/accountId";
import { AddressBook } from "../../../local/cloud/addressBook";
import { Services } from "../../../local/cloud/services";
import { CheckSession } from "../../../local/engine/checkSessions";
import { ResourceProvider } from "../../../local/engine/resourceProvider";
import { parseUrn } from "../../../local/resources/parseUrn";
import type { Properties } from "../../../local/resources/value";
import { freePorts } from "../../helpers/cloud/freePorts";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";
import { zipFunction } from "../../helpers/services/zipFunction";

const TRUST = JSON.stringify({
  Statement: { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
});

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const ROLE = "aws:iam/role:Role";

/** An engine that is killed while it waits. */
function killed() {
  let asked = 0;
  return { session: new CheckSession(), isGone: () => asked++ > 0 };
}

describe("ResourceProvider", () => {
  const dataDir = temporaryFolder();
  const root = temporaryFolder();
  let services: Services;
  let provider: ResourceProvider;
  let basePort: number;

  before(async () => {
    basePort = await freePorts();
    await start();
  });
  after(() => services.close());

  async function start(): Promise<void> {
    services = new Services({ region: "us-east-1", dataDir, basePort, countVersions: true, maxInstances: 1 });
    await services.start();
    const place = { region: "us-east-1", accountId: ACCOUNT_ID };
    const addresses = new AddressBook(dataDir, basePort);
    provider = new ResourceProvider({ cloud: services.cloud, place, addresses, dataDir, root });
  }

  describe("check", () => {
    it("fills in a physical name of its own each time, and keeps the one there is", () => {
      const first = provider.check({ urn: urn(ROLE, "iris"), news: { assumeRolePolicy: TRUST } }).inputs
        .name as string;
      const second = provider.check({ urn: urn(ROLE, "iris"), news: { assumeRolePolicy: TRUST } }).inputs
        .name;
      assert.match(first, /^iris-[0-9a-f]{7}$/);
      assert.notEqual(first, second);
      const kept = provider.check({
        urn: urn(ROLE, "iris"),
        olds: { inputs: { name: first } },
        news: { assumeRolePolicy: TRUST },
      });
      assert.deepEqual(kept, { inputs: { assumeRolePolicy: TRUST, name: first }, failures: [] });
    });

    it("names every property that is not known", () => {
      const { failures } = provider.check({
        urn: urn(LOG_GROUP, "logs"),
        news: { colour: "red", shape: "round" },
      });
      const reason = "the local cloud does not know this property";
      assert.deepEqual(failures, [
        { property: "colour", reason },
        { property: "shape", reason },
      ]);
    });

    it("names a resource type that is not known", () => {
      assert.deepEqual(provider.check({ urn: urn("aws:sqs/queue:Queue", "jobs") }).failures, [
        {
          property: "",
          reason: 'The local cloud does not know the resource type aws:sqs/queue:Queue ("jobs").',
        },
      ]);
    });

    it("names the region of a resource that is not the stack's", () => {
      const check = (region: string) => provider.check({ urn: urn(LOG_GROUP, "logs"), news: { region } });
      assert.deepEqual(check("us-east-1").failures, []);
      assert.deepEqual(check("eu-west-1").failures, [
        {
          property: "region",
          reason:
            "the local cloud serves one region, and this stack's is us-east-1, not eu-west-1: leave it out, or set `aws:region`",
        },
      ]);
    });

    it("lets pass what is not known before the deployment", () => {
      const inputs = { name: unknownValue, retentionInDays: unknownValue };
      assert.deepEqual(provider.check({ urn: urn(LOG_GROUP, "logs"), news: inputs }), {
        inputs,
        failures: [],
      });
    });
  });

  describe("diff", () => {
    it("names what forces a replacement, and whether the name is free for it", () => {
      const type = urn(LOG_GROUP, "logs");
      const olds = { name: "/a", logGroupClass: "STANDARD", retentionInDays: 7 };
      assert.deepEqual(
        provider.diff({ urn: type, olds: { inputs: olds }, news: { ...olds, retentionInDays: 14 } }),
        {
          changes: [{ path: "retentionInDays", kind: "update" }],
          replaces: [],
          deleteBeforeReplace: false,
        },
      );
      const renamed = provider.diff({ urn: type, olds: { inputs: olds }, news: { ...olds, name: "/b" } });
      assert.deepEqual([renamed.replaces, renamed.deleteBeforeReplace], [["name"], false]);
      const changed = provider.diff({
        urn: type,
        olds: { inputs: olds },
        news: { ...olds, logGroupClass: "INFREQUENT_ACCESS" },
      });
      assert.deepEqual([changed.replaces, changed.deleteBeforeReplace], [["logGroupClass"], true]);
    });

    it("has a replacement made first where the name is a random one", () => {
      const olds = { name: "iris-0a1b2c3", path: "/" };
      const { replaces, deleteBeforeReplace } = provider.diff({
        urn: urn(ROLE, "iris"),
        olds: { inputs: olds },
        news: {
          ...olds,
          path: "/x/",
        },
      });
      assert.deepEqual([replaces, deleteBeforeReplace], [["path"], false]);
    });
  });

  describe("a replacement that is made first", () => {
    it("gets an id of its own where ids are made from the URN, and keeps it at an update", async () => {
      const group = urn("aws:ec2/securityGroup:SecurityGroup", "functions");
      const inputs = { name: "functions-1", vpcId: "vpc-1" };
      const old = await provider.create({ urn: group, news: inputs });
      const made = await provider.create({ urn: group, news: { ...inputs, name: "functions-2" } });
      assert.match(made.id, /^sg-[0-9a-f]{17}$/);
      assert.notEqual(made.id, old.id);
      await provider.delete({ urn: group, id: old.id });
      const news = { ...inputs, name: "functions-2", revokeRulesOnDelete: true };
      const updated = await provider.update({
        urn: group,
        id: made.id,
        olds: { inputs, outputs: made.outputs },
        news,
      });
      assert.equal(updated.arn, made.outputs.arn);
      assert.ok(String(updated.arn).endsWith(made.id));
      await provider.delete({ urn: group, id: made.id });
    });
  });

  describe("a bucket's object", () => {
    const bucket = urn("aws:s3/bucket:Bucket", "models");
    const object = urn("aws:s3/bucketObjectv2:BucketObjectv2", "card");

    it("is gone for `read` when someone deleted it", async () => {
      const { id } = await provider.create({ urn: bucket, news: { bucket: "models-0a1b2c3" } });
      const inputs = { bucket: id, key: "card.json", content: "{}" };
      const made = await provider.create({ urn: object, news: inputs });
      const known = { inputs, outputs: made.outputs };
      assert.deepEqual(await provider.read({ urn: object, id: made.id, olds: known }), known);
      await services.cloud.s3.purgeObject(id, "card.json");
      assert.equal(await provider.read({ urn: object, id: made.id, olds: known }), undefined);
      await provider.delete({ urn: object, id: made.id });
      await provider.delete({ urn: bucket, id });
      assert.deepEqual(provider.live, []);
    });
  });

  describe("what a killed engine left", () => {
    const bucket = urn("aws:s3/bucket:Bucket", "models");
    const buckets = () =>
      fs.readdirSync(path.join(dataDir, "s3")).filter((name) => name.startsWith("models-"));

    it("is undone where the engine went while it was made", async () => {
      await assert.rejects(provider.create({ urn: bucket, news: { bucket: "models-0a1b2c3" } }, killed()), {
        message: "the engine is gone",
      });
      assert.deepEqual([provider.live, buckets()], [[], []]);
    });

    it("is not begun where the engine went before its turn came", async () => {
      const gone = { session: new CheckSession(), isGone: () => true };
      await assert.rejects(provider.create({ urn: bucket, news: { bucket: "Not A Name" } }, gone), {
        message: "the engine is gone",
      });
    });

    it("is made again under its name, in its place, where the state knows nothing of it", async () => {
      const left = provider.check({ urn: bucket }).inputs;
      await provider.create({ urn: bucket, news: left });
      const again = provider.check({ urn: bucket }).inputs;
      assert.deepEqual(again, left);
      const { id } = await provider.create({ urn: bucket, news: again }, killed());
      assert.deepEqual([provider.live.length, buckets()], [1, [id]]);
    });

    it("keeps its address where it listens, and its version where it has one", async () => {
      const url = urn("aws:lambda/functionUrl:FunctionUrl", "models");
      const layer = urn("aws:lambda/layerVersion:LayerVersion", "models");
      const made = async () => [
        (await provider.create({ urn: url, news: { functionName: "models", authorizationType: "NONE" } }))
          .outputs.functionUrl,
        (await provider.create({ urn: layer, news: { layerName: "models", code: await archive("one") } })).id,
      ];
      assert.deepEqual(await made(), await made());
      for (const { urn, outputs } of provider.live.slice(1))
        await provider.delete({ urn, id: String(outputs.id) });
    });

    it("keeps its name for itself where it is replaced", async () => {
      const session = new CheckSession();
      const [live] = provider.live;
      const olds = live?.inputs as Properties;
      assert.equal(
        provider.check({ urn: bucket, olds: { inputs: olds } }, session).inputs.bucket,
        olds.bucket,
      );
      assert.notEqual(provider.check({ urn: bucket }, session).inputs.bucket, olds.bucket);
      await provider.delete({ urn: bucket, id: String(live?.outputs.id) });
    });

    it("is what the state knows nothing of: for `--replace` the rest is made under another name", async () => {
      const inputs = provider.check({ urn: bucket }).inputs;
      const { id } = await provider.create({ urn: bucket, news: inputs });
      const { project, stack } = parseUrn(bucket);
      const folder = path.join(dataDir, "state", ".pulumi", "stacks", project);
      fs.mkdirSync(folder, { recursive: true });
      const state = { checkpoint: { latest: { resources: [{ urn: bucket, id }] } } };
      fs.writeFileSync(path.join(folder, `${stack}.json`), JSON.stringify(state));
      assert.notEqual(provider.check({ urn: bucket }).inputs.bucket, id);
      await assert.rejects(provider.create({ urn: bucket, news: inputs }), {
        message: `"${id}" exists already, and a replacement is made first: give it the option \`deleteBeforeReplace\``,
      });
      assert.deepEqual(buckets(), [id]);
      await provider.delete({ urn: bucket, id });
    });

    it("is taken away at the next start where the local cloud was killed while it was made", async () => {
      await services.cloud.s3.createBucket("models-0a1b2c3");
      const pending = { urn: bucket, type: "aws:s3/bucket:Bucket", name: "models", pending: true };
      const properties = { bucket: "models-0a1b2c3", id: "models-0a1b2c3" };
      await services.close();
      const saved = [{ ...pending, inputs: properties, outputs: properties }];
      fs.writeFileSync(path.join(dataDir, "resources.json"), JSON.stringify(saved));
      await start();
      assert.deepEqual([provider.live, buckets()], [[], ["models-0a1b2c3"]]);
      assert.deepEqual(await provider.restore(), []);
      assert.deepEqual([provider.live, buckets()], [[], []]);
    });
  });

  describe("a resource with an alias", () => {
    const logs = urn(LOG_GROUP, "logs");
    const renamed = urn(LOG_GROUP, "renamed");
    const inputs = { name: "/logs", retentionInDays: 7 };

    it("has its name, and is found, under the URN it has been given", async () => {
      const { id, outputs } = await provider.create({ urn: logs, news: inputs });
      assert.deepEqual(provider.check({ urn: renamed, olds: { inputs }, news: inputs }).failures, []);
      const longer = { ...inputs, retentionInDays: 14 };
      await provider.update({ urn: renamed, id, olds: { inputs, outputs }, news: longer });
      assert.deepEqual(
        provider.live.map(({ urn, name, inputs }) => [urn, name, inputs]),
        [[renamed, "renamed", longer]],
      );
      await provider.delete({ urn: logs, id, olds: { inputs: longer } });
      assert.deepEqual(provider.live, []);
    });

    it("does not touch another one of the same id", async () => {
      const { id } = await provider.create({ urn: logs, news: inputs });
      await provider.delete({ urn: renamed, id, olds: { inputs: { ...inputs, name: "/other" } } });
      assert.equal(provider.live.length, 1);
      await provider.delete({ urn: logs, id, olds: { inputs } });
    });
  });

  describe("a function", () => {
    const role = urn(ROLE, "hello");
    const fn = urn("aws:lambda/function:Function", "hello");
    let inputs: Properties;
    let made: { id: string; outputs: Properties };

    before(async () => {
      const { outputs } = await provider.create({
        urn: role,
        news: { assumeRolePolicy: TRUST, name: "hello-0a1b2c3" },
      });
      inputs = {
        ...{ name: "hello-0a1b2c3", runtime: "nodejs22.x", handler: "index.handler", publish: true },
        role: outputs.arn,
        code: await archive("one"),
      };
      made = await provider.create({ urn: fn, news: inputs });
    });

    it("has the inputs as the engine sent them, with what AWS adds", () => {
      assert.deepEqual(
        [made.id, made.outputs.code, made.outputs.version],
        ["hello-0a1b2c3", inputs.code, "1"],
      );
    });

    it("is rejected a second time under the same name", async () => {
      await assert.rejects(
        provider.create({ urn: urn("aws:lambda/function:Function", "other"), news: inputs }),
        /^Error: `name` "hello-0a1b2c3" exists already, as "hello" of paddock\/test: choose another/,
      );
    });

    it("has its region in a preview, and nothing else that AWS adds", () => {
      const preview = provider.previewCreate({ urn: fn, news: inputs });
      assert.deepEqual(preview, { ...inputs, region: "us-east-1" });
      const role = provider.previewCreate({ urn: urn(ROLE, "hello"), news: { name: "hello" } });
      assert.deepEqual(role, { name: "hello" });
    });

    it("keeps version and alias unknown in a preview of changed code, and its name known", async () => {
      const news = { ...inputs, code: await archive("two") };
      const preview = provider.previewUpdate({
        urn: fn,
        id: made.id,
        olds: { inputs, outputs: made.outputs },
        news,
      });
      assert.deepEqual(
        [preview.version, preview.name, preview.arn],
        [unknownValue, made.outputs.name, made.outputs.arn],
      );
      assert.equal(await call(), "one");
    });

    it("is updated in place, with the next version", async () => {
      const news = { ...inputs, code: await archive("two") };
      const outputs = await provider.update({
        urn: fn,
        id: made.id,
        olds: { inputs, outputs: made.outputs },
        news,
      });
      assert.equal(outputs.version, "2");
      assert.equal(await call(), "two");
    });

    it("stays as it was after an update that fails", async () => {
      const news = { ...inputs, layers: ["arn:aws:lambda:us-east-1:123456789012:layer:none:1"] };
      await assert.rejects(
        provider.update({ urn: fn, id: made.id, olds: { inputs, outputs: made.outputs }, news }),
        /the layer version .*:none:1 does not exist/,
      );
      assert.equal(await call(), "two");
    });

    it("is live again after a restart, its archive or not", async () => {
      await services.close();
      fs.rmSync(path.join(root, "two.zip"));
      await start();
      assert.deepEqual(await provider.restore(), []);
      assert.equal(await call(), "two");
    });

    it("is gone after `delete` with what AWS deletes with it, and deleting it again does nothing", async () => {
      const alias = { name: "live", functionName: "hello-0a1b2c3", functionVersion: "2" };
      await provider.create({ urn: urn("aws:lambda/alias:Alias", "live"), news: alias });
      for (const [target, id] of [
        [fn, made.id],
        [role, "hello-0a1b2c3"],
        [fn, made.id],
      ] as const) {
        await provider.delete({ urn: target, id });
      }
      assert.deepEqual(provider.live, []);
      assert.deepEqual(fs.readdirSync(path.join(dataDir, "archives")), []);
      await assert.rejects(call(), /Function not found/);
    });

    async function call(): Promise<unknown> {
      const { payload } = await services.cloud.lambda.invoke("hello-0a1b2c3", undefined, Buffer.from("{}"));
      return JSON.parse(payload.toString());
    }
  });

  async function archive(response: string): Promise<Properties> {
    const file = path.join(root, `${response}.zip`);
    await zipFunction(file, { "index.js": `exports.handler = async () => "${response}";` });
    return { [specialSigKey]: specialArchiveSig, path: file, hash: response };
  }
});

function urn(type: string, name: string): string {
  return `urn:pulumi:test::paddock::${type}::${name}`;
}
