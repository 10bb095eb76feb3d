import assert from "node:assert/strict";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import type { AddressBook, Declaration } from "../../../local/program/declaration";
import { declare } from "../../../local/program/declare";
import { ProgramError } from "../../../local/program/programError";
import { readStackConfig } from "../../../local/program/stackConfig";
import { writeProject } from "../../helpers/program/writeProject";

const IMPORTS = 'import * as aws from "@pulumi/aws";\nimport * as pulumi from "@pulumi/pulumi";\n';

const URL_TYPE = "aws:lambda/functionUrl:FunctionUrl";

function evaluate(program: string, addressBook?: AddressBook, firstPreview?: boolean) {
  const folder = writeProject(IMPORTS + program);
  const place = { accountId: "123456789012", region: "eu-west-1" };
  return declare({ stackConfig: readStackConfig(folder, "dev"), place, firstPreview }, { addressBook });
}

describe("declare", () => {
  it("What Pulumi's SDK serializes functions with, and its gRPC, is loaded by programs that need it only", async () => {
    const loaded = `[...new Set(Object.keys(require.cache).flatMap((file) =>
      /node_modules.(typescript|@npmcli.arborist|normalize-package-data|@grpc.grpc-js)./.exec(file)?.[1] ?? []))].sort()`;
    const { outputs } = await evaluate(`
      export const without = ${loaded};
      const price = 3;
      export const text = pulumi.runtime.serializeFunction((n: number) => n * price).then(({ text }) => text);
      require("node:fs").writeFileSync("package.json", '{ "name": "tried", "version": "1.0.0" }');
      export const paths = text.then(() => pulumi.runtime.computeCodePaths()).then((paths) => paths.size);
      export const afterwards = paths.then(() => ${loaded});
    `);
    assert.deepEqual(outputs.without, []);
    assert.deepEqual(outputs.afterwards, ["@npmcli/arborist", "normalize-package-data", "typescript"]);
    assert.match(String(outputs.text), /n=>n\*price|n => n \* price/);
  });

  describe("a program with a component and a resource that nothing awaits", () => {
    const PROGRAM = `
      const late = new Promise<string>((done) => setTimeout(() => done("late"), 50));
      new aws.iam.Role("late", { description: late, assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }) });
      class Box extends pulumi.ComponentResource {
        readonly role: aws.iam.Role;
        constructor(name: string) {
          super("tried:index:Box", name, {});
          const group = new aws.cloudwatch.LogGroup("logs", { name: "/tried" }, { parent: this });
          this.role = new aws.iam.Role("role", { description: group.arn, assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }) }, { parent: this, protect: true, deleteBeforeReplace: true });
          this.registerOutputs();
        }
      }
      export const arn = new Box("box").role.arn;
    `;
    let declaration: Declaration;
    before(async () => {
      declaration = await evaluate(PROGRAM);
    });

    it("records each resource after what it refers to, with parent, dependencies and outputs resolved", () => {
      const { outputs } = declaration;
      const resources = declaration.resources.filter(({ name }) => name !== "late");
      const urn = (type: string, name: string) => `urn:pulumi:dev::tried::${type}::${name}`;
      const groupUrn = urn("tried:index:Box$aws:cloudwatch/logGroup:LogGroup", "logs");
      assert.deepEqual(
        resources.map(({ urn, parent, custom, protect }) => ({ urn, parent, custom, protect })),
        [
          {
            urn: urn("pulumi:pulumi:Stack", "tried-dev"),
            parent: undefined,
            custom: false,
            protect: undefined,
          },
          {
            urn: urn("tried:index:Box", "box"),
            parent: urn("pulumi:pulumi:Stack", "tried-dev"),
            custom: false,
            protect: undefined,
          },
          { urn: groupUrn, parent: urn("tried:index:Box", "box"), custom: true, protect: undefined },
          {
            urn: urn("tried:index:Box$aws:iam/role:Role", "role"),
            parent: urn("tried:index:Box", "box"),
            custom: true,
            protect: true,
          },
        ],
      );
      const role = resources[3];
      assert.equal(role?.inputs.description, "arn:aws:logs:eu-west-1:123456789012:log-group:/tried");
      assert.equal(role?.deleteBeforeReplace, true);
      assert.deepEqual(role?.propertyDependencies.description, [groupUrn]);
      assert.match(String(outputs.arn), /^arn:aws:iam::123456789012:role\/role-[0-9a-f]{7}$/);
    });

    it("gives the same physical names and outputs at every evaluation", async () => {
      const again = await evaluate(PROGRAM);
      assert.deepEqual(again.outputs, declaration.outputs);
      const arns = ({ resources }: Declaration) => resources.map(({ outputs }) => outputs.arn);
      assert.deepEqual(arns(again), arns(declaration));
    });

    it("waits for resources that nothing awaits", () => {
      const late = declaration.resources.find(({ name }) => name === "late");
      assert.equal(late?.inputs.description, "late");
    });
  });

  describe("in a first preview", () => {
    let declaration: Declaration;
    const find = (name: string) => declaration.resources.find((one) => one.name === name);
    before(async () => {
      const program = `
        import * as awsx from "@pulumi/awsx";
        const logs = new aws.cloudwatch.LogGroup("logs", { name: "tried", retentionInDays: 7 });
        export const role = new aws.iam.Role("role", { name: logs.name, description: logs.arn, assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }) }).arn;
        const vpc = new awsx.ec2.Vpc("net", {
          numberOfAvailabilityZones: 1, subnetStrategy: "Auto", natGateways: { strategy: "None" },
          subnetSpecs: [{ type: "Private", cidrMask: 20 }],
        });
        new aws.efs.MountTarget("target", {
          fileSystemId: "fs-1",
          subnetId: vpc.privateSubnets.apply(([subnet]) => subnet!.id),
        });
      `;
      declaration = await evaluate(program, undefined, true);
    });

    it("leaves unknown, in a first preview, what AWS adds and what is made from it", () => {
      assert.deepEqual(declaration.outputs, {});
      const [logs, role] = [find("logs"), find("role")];
      assert.deepEqual(
        [logs?.outputs.name, logs?.outputs.retentionInDays, logs?.outputs.arn, logs?.outputs.id],
        ["tried", 7, unknownValue, unknownValue],
      );
      assert.deepEqual(
        [role?.inputs.name, role?.inputs.description, role?.propertyDependencies.description],
        ["tried", unknownValue, [logs?.urn]],
      );
    });

    it("leaves unknown, in a first preview, what a component's children have of each other, and knows the region", () => {
      const subnet = declaration.resources.find(({ type }) => type === "aws:ec2/subnet:Subnet");
      const target = find("target");
      assert.deepEqual(
        [
          subnet?.inputs.vpcId,
          subnet?.inputs.availabilityZone,
          subnet?.outputs.region,
          target?.inputs.subnetId,
        ],
        [unknownValue, "eu-west-1a", "eu-west-1", unknownValue],
      );
      assert.ok(target?.propertyDependencies.subnetId?.includes(String(subnet?.urn)));
    });
  });

  it("uses the addresses it is given, and asks for missing ones together when the program cannot go on", async () => {
    const addresses: Record<string, string> = { [`${URL_TYPE}::known`]: "http://127.0.0.1:4110" };
    const asked: (readonly string[])[] = [];
    const assign = (keys: readonly string[]) => {
      asked.push([...keys].sort());
      for (const key of keys) addresses[key] = `http://127.0.0.1:${4110 + Object.keys(addresses).length}`;
    };
    const { outputs } = await evaluate(
      `const urlOf = (name: string, description: pulumi.Input<string> = "") =>
         new aws.lambda.FunctionUrl(name, { functionName: pulumi.interpolate\`f\${pulumi.output(description).apply((text) => text.length)}\`, authorizationType: "NONE" }).functionUrl;
       const late = new Promise<string>((done) => setTimeout(() => done("late"), 50));
       export const first = urlOf("first");
       export const known = urlOf("known");
       export const second = urlOf("second", late);
       export const third = urlOf("third", first);`,
      { addresses, assign },
    );
    assert.deepEqual(asked, [[`${URL_TYPE}::first`, `${URL_TYPE}::second`], [`${URL_TYPE}::third`]]);
    assert.deepEqual(outputs, {
      first: "http://127.0.0.1:4111/",
      known: "http://127.0.0.1:4110/",
      second: "http://127.0.0.1:4112/",
      third: "http://127.0.0.1:4113/",
    });
  });

  it("records as they are written, for who only judges, the types, properties and archives it cannot serve", async () => {
    const folder = writeProject(`${IMPORTS}
      const queue = new aws.sqs.Queue("queue", { fifoQueue: true });
      new pulumi.CustomResource("aws:iam/role:Role", "role", { assumeRolePolicy: queue.arn, horn: 1 });
      new aws.lambda.Function("inline", {
        role: "r",
        code: new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset("x") }),
      });
    `);
    const { resources } = await declare({
      stackConfig: readStackConfig(folder, "dev"),
      place: { accountId: "123456789012", region: "eu-west-1" },
      onlyJudged: true,
    });
    const outputsOf = (name: string) => resources.find((one) => one.name === name)?.outputs;
    assert.deepEqual(outputsOf("queue"), {
      fifoQueue: true,
      id: "queue",
      arn: "arn:aws:sqs:eu-west-1:123456789012:queue",
      region: "eu-west-1",
    });
    const { assumeRolePolicy, horn } = outputsOf("role") ?? {};
    assert.deepEqual([assumeRolePolicy, horn], ["arn:aws:sqs:eu-west-1:123456789012:queue", 1]);
    assert.deepEqual(outputsOf("inline")?.code, { assets: { "index.js": { text: "x" } } });
  });

  const rejected: [string, string, string][] = [
    ["a program that throws", 'throw new Error("out of hay");', "out of hay"],
    ["a rejected promise", 'Promise.reject(new Error("too late"));', "too late"],
    [
      "a resource type that nobody brings",
      'new aws.sqs.Queue("queue");',
      'The local cloud does not know the resource type aws:sqs/queue:Queue ("queue").',
    ],
    [
      "a property that nobody knows",
      'new pulumi.CustomResource("aws:iam/role:Role", "role", { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }), horn: 1 });',
      'aws:iam/role:Role "role": `horn`: the local cloud does not know this property',
    ],
    [
      "a function of the provider that nobody brings",
      "export const ami = aws.ec2.getAmiOutput({}).id;",
      "The local cloud does not know the function aws:ec2/getAmi:getAmi.",
    ],
  ];
  for (const [what, program, message] of rejected) {
    it(`fails on ${what}, in its own words`, async () => {
      await assert.rejects(evaluate(program), (error: Error) => {
        assert.ok(error instanceof ProgramError);
        assert.equal(error.message, message);
        return true;
      });
    });
  }
});
