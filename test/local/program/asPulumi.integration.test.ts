import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import type { Declaration } from "../../../local/program/declaration";
import { declare } from "../../../local/program/declare";
import { ProgramError } from "../../../local/program/programError";
import { readStackConfig } from "../../../local/program/stackConfig";
import { writeProject } from "../../helpers/program/writeProject";

const IMPORTS = 'import * as aws from "@pulumi/aws";\nimport * as pulumi from "@pulumi/pulumi";\n';
const PLACE = { accountId: "123456789012", region: "eu-west-1" };

function judged(folder: string, stack = "dev"): Promise<Declaration> {
  return declare({ stackConfig: readStackConfig(folder, stack, {}, true), place: PLACE, onlyJudged: true });
}

const names = ({ resources }: Declaration) => resources.map(({ name }) => name);

describe("declare, as Pulumi's language host runs a program", () => {
  describe("a program of CommonJS that exports an async function", () => {
    let declaration: Declaration;
    before(async () => {
      const folder = writeProject(
        `export = async () => {
          await new Promise((done) => setTimeout(done, 20));
          const { late } = await import("./late");
          return { arn: late().arn };
        };`,
        {
          "late.ts": `${IMPORTS}export const late = () => new aws.iam.Role("late", {
            name: "late",
            assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
          });`,
        },
      );
      declaration = await declare({ stackConfig: readStackConfig(folder, "dev"), place: PLACE });
    });

    it("The function is called and awaited, and its outputs are the stack's", () => {
      assert.deepEqual(declaration.outputs, { arn: "arn:aws:iam::123456789012:role/late" });
    });

    it("The function may import other files in TypeScript when it needs them", () => {
      assert.deepEqual(names(declaration), ["tried-dev", "late"]);
    });
  });

  it("A module's default export is the program, whatever file package.json names", async () => {
    const folder = writeProject("throw new Error('not this one');", {
      "package.json": '{ "type": "module", "main": "src/program.ts" }',
      "src/program.ts": `${IMPORTS}export default async () => { new aws.sqs.Queue("queue"); };`,
    });
    assert.deepEqual(names(await judged(folder)), ["tried-dev", "queue"]);
  });

  it("A module's named exports are outputs, and a default beside them is an error", async () => {
    const module = { "package.json": '{ "type": "module" }' };
    const named = writeProject(
      `${IMPORTS}export const arn = new aws.iam.Role("r", { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }) }).arn;`,
      module,
    );
    const { outputs } = await declare({ stackConfig: readStackConfig(named, "dev"), place: PLACE });
    assert.match(String(outputs.arn), /:role\/r-[0-9a-f]{7}$/);
    const both = writeProject("export const a = 1; export default () => 2;", module);
    await assert.rejects(judged(both), {
      message: "The program has a default export beside named ones: Pulumi takes either.",
    });
  });

  it("A program's folder may be `main`, and files are relative to it", async () => {
    const folder = writeProject("", {
      "Pulumi.yaml": "name: tried\nruntime: nodejs\nmain: deploy/\n",
      "deploy/index.js": `const pulumi = require("@pulumi/pulumi");
        const aws = require("@pulumi/aws");
        new aws.lambda.LayerVersion("layer", { layerName: "l", code: new pulumi.asset.FileArchive("./layer") });`,
      "deploy/layer/nodejs/x.js": "",
    });
    fs.rmSync(path.join(folder, "index.ts"));
    const { resources } = await judged(folder);
    assert.deepEqual(resources.at(-1)?.inputs.code, { archive: path.join(folder, "deploy/layer") });
  });

  describe("a program that does several things", () => {
    let declaration: Declaration;
    const find = (name: string) => declaration.resources.find((one) => one.name === name);
    before(async () => {
      const folder = writeProject(`${IMPORTS}
const provider = new aws.Provider("west", { region: "us-west-2", defaultTags: { tags: { team: "a" } } });
new aws.sqs.Queue("queue", {}, { provider });
class Box extends pulumi.ComponentResource {
  constructor() {
    super("tried:index:Box", "box");
    new aws.sqs.Queue("inner", {}, { parent: this });
  }
}
new Box();

async function main() {
  await new Promise((done) => setTimeout(done, 30));
  await aws.getCallerIdentity();
  new aws.sqs.Queue("unawaited");
}
main();

const add = (word: string): pulumi.ResourceTransform => ({ type, props, opts }) =>
  type === "aws:sns/topic:Topic"
    ? { props: { ...props, name: (props.name ?? "") + word }, opts: pulumi.mergeOptions(opts, { protect: true }) }
    : undefined;
pulumi.runtime.registerResourceTransform(add("-stack"));
class Stall extends pulumi.ComponentResource {
  constructor(opts: pulumi.ComponentResourceOptions) {
    super("tried:index:Stall", "stall", {}, opts);
    new aws.sns.Topic("topic", { name: "t" }, { parent: this, transforms: [add("-own")] });
  }
}
new Stall({ transforms: [add("-parent")] });

const statement = { actions: ["s3:GetObject"], resources: ["*"] };
const named = new aws.sqs.Queue("named");
const document = aws.iam.getPolicyDocumentOutput({ statements: [
  { ...statement, sid: "Own", principals: [{ type: "AWS", identifiers: ["a", "b"] }], resources: [named.arn],
    conditions: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }] },
] });
new aws.iam.Policy("known", { policy: document.json });
new aws.iam.Policy("plain", { policy: aws.iam.getPolicyDocument({ statements: [statement] }).then(({ json }) => json) });
`);
      declaration = await judged(folder);
    });

    it("Resources that a function declares which nobody awaits are waited for", () => {
      assert.equal(find("unawaited")?.type, "aws:sqs/queue:Queue");
    });

    it("Transforms change resources as in the engine: the resource's own, then its parents', then the stack's", () => {
      const topic = find("topic");
      assert.deepEqual([topic?.inputs.name, topic?.protect], ["t-own-parent-stack", true]);
    });

    it("getPolicyDocument is computed, in both forms", () => {
      const documents = ["known", "plain"].map(
        (name) => JSON.parse(String(find(name)?.inputs.policy)).Statement,
      );
      assert.deepEqual(documents, [
        [
          {
            Sid: "Own",
            Effect: "Allow",
            Action: "s3:GetObject",
            Resource: "arn:aws:sqs:eu-west-1:123456789012:named",
            Principal: { AWS: ["a", "b"] },
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
        [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
      ]);
    });

    it("A provider of the program's own says the region, and each resource has its line", () => {
      assert.equal(find("queue")?.outputs.arn, "arn:aws:sqs:us-west-2:123456789012:queue");
      assert.equal(find("queue")?.provider, find("west")?.urn);
      assert.deepEqual(
        ["west", "queue", "box", "inner"].map((name) => find(name)?.source),
        [4, 5, 12, 9].map((line) => ({ file: "index.ts", line })),
      );
    });
  });
});

describe("declare, for who only judges", () => {
  it("What nobody can know here is unknown, with a note, and the program is judged to its end", async () => {
    const folder = writeProject(
      `${IMPORTS}
      const config = new pulumi.Config();
      const network = new pulumi.StackReference("acme/network/prod");
      const vpc = aws.ec2.getVpcOutput({ default: true });
      const cluster = new pulumi.ComponentResource("eks:index:Cluster", "cluster", {}, {}, true);
      const bucket = aws.s3.Bucket.get("old", "the-bucket");
      new aws.sqs.Queue("queue", {
        name: config.requireSecret("name"),
        policy: pulumi.interpolate\`{"Resource":"\${network.getOutput("arn")}"}\`,
        tags: { vpc: vpc.id, asked: vpc.default.apply(String), cluster: cluster.urn, bucket: bucket.id, arn: bucket.arn },
      });
      new aws.lambda.Function("fn", { role: "r", code: new pulumi.asset.RemoteArchive("https://example.com/a.zip") });
      export const late = vpc.id;`,
      { "Pulumi.dev.yaml": "config:\n  tried:name:\n    secure: v1:abc\nenvironment:\n  - shared\n" },
    );
    const { resources, notes, outputs } = await judged(folder);
    const [cluster, queue, fn] = ["cluster", "queue", "fn"].map((name) =>
      resources.find((one) => one.name === name),
    );
    assert.deepEqual(queue?.inputs, {
      name: unknownValue,
      policy: unknownValue,
      tags: {
        vpc: unknownValue,
        asked: "true",
        cluster: cluster?.urn,
        bucket: "the-bucket",
        arn: unknownValue,
      },
    });
    assert.deepEqual(fn?.inputs.code, { archiveUri: "https://example.com/a.zip" });
    assert.deepEqual(outputs, {});
    assert.deepEqual(
      [...notes].sort(),
      [
        "The outputs of the stack acme/network/prod are not known.",
        'The resources of eks:index:Cluster "cluster" are not known, and not judged.',
        "The program asks AWS by aws:ec2/getVpc:getVpc; the answer is not known.",
        "The value of `tried:name` in Pulumi.dev.yaml is encrypted, and not known.",
        "Values of the environment that Pulumi.dev.yaml imports are not known.",
        'aws:s3/bucket:Bucket "old" exists already; of it only the id is known.',
      ].sort(),
    );
  });

  it("A plain look-up gets placeholders of the types it declares, which are unknown where a resource has one", async () => {
    const folder = writeProject(`${IMPORTS}
      export = async () => {
        const vpc = await aws.ec2.getVpc({ default: true });
        const { ids } = await aws.ec2.getSubnets({ filters: [{ name: "vpc-id", values: [vpc.id] }] });
        const [account] = [vpc.arn.split(":")[4]];
        for (const [index, id] of ids.entries()) new aws.ec2.RouteTable("t" + index, { vpcId: id, tags: { Name: "of " + vpc.id, account, name: vpc.tags.Name ?? "none" } });
      };`);
    const { resources, notes } = await judged(folder);
    assert.deepEqual(
      resources.slice(1).map(({ inputs }) => [inputs.vpcId, inputs.tags]),
      Array(3).fill([unknownValue, { Name: "of placeholder-id", account: "123456789012", name: "none" }]),
    );
    assert.deepEqual([...notes].sort(), [
      "The program asks AWS by aws:ec2/getSubnets:getSubnets; placeholders stand for the answer.",
      "The program asks AWS by aws:ec2/getVpc:getVpc; placeholders stand for the answer.",
    ]);
  });

  it("A program that throws on a placeholder is an error that names the look-up", async () => {
    const folder = writeProject(`${IMPORTS}
      aws.secretsmanager.getSecretVersion({ secretId: "x" }).then((secret) => JSON.parse(secret.secretString));`);
    await assert.rejects(judged(folder), (error) => {
      assert.ok(error instanceof ProgramError);
      assert.match(error.message, /^Unexpected token .*placeholde/);
      assert.deepEqual(error.notes, [
        "The program asks AWS by aws:secretsmanager/getSecretVersion:getSecretVersion; placeholders stand for the answer.",
      ]);
      return true;
    });
  });

  it("A stack without a file has the project's defaults, and what is made from a secret is unknown as a whole", async () => {
    const folder = writeProject(
      `${IMPORTS}
      const config = new pulumi.Config();
      new aws.sqs.Queue("queue", { name: config.require("size"), tags: { url: "postgres://me:" + config.require("key") + "@host" } });`,
      {
        "Pulumi.yaml":
          "name: tried\nruntime: nodejs\nconfig:\n  size: { default: 12 }\n  key: { value: { secure: v1:abc } }\n",
      },
    );
    const { resources } = await judged(folder, "nowhere");
    assert.deepEqual(resources.at(-1)?.inputs, { name: "12", tags: { url: unknownValue } });
  });
});
