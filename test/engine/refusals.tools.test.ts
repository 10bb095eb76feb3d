import assert from "node:assert/strict";
import path from "node:path";
import { policyPackOf } from "@paddock/local/engine";
import { describeEngine } from "../helpers/engine/describeEngine";
import { TestEngine, TestStack } from "../helpers/engine/testEngine";
import { TinyProgram } from "../helpers/engine/tinyProgram";
import { temporaryFolder } from "../helpers/process/temporaryFolder";

const ROOT = path.resolve(__dirname, "../..");

const FUNCTION = (more: string) =>
  `const hello = new aws.lambda.Function("hello", { ...functionArgs("hello"), ${more} });`;
const NETWORK = `
const vpc = new aws.ec2.Vpc("net", { cidrBlock: "10.0.0.0/16" });
const subnet = new aws.ec2.Subnet("net", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
const group = new aws.ec2.SecurityGroup("functions", { vpcId: vpc.id });`;
const VOLUME = `${NETWORK}
const files = new aws.efs.FileSystem("models", { encrypted: true });
const readers = new aws.efs.AccessPoint("readers", { fileSystemId: files.id });`;
const MOUNTING = FUNCTION(
  `vpcConfig: { subnetIds: [subnet.id], securityGroupIds: [group.id] },
   fileSystemConfig: { arn: readers.arn, localMountPath: "/mnt/models" }`,
);

/** Programs that AWS would reject, or serve to nobody, each with the one line that the preview says. */
const REFUSED: readonly (readonly [title: string, source: string, line: string])[] = [
  [
    "a bad name",
    FUNCTION('name: "hello world"'),
    '`name` "hello world" must be 1 to 64 letters, digits, hyphens and underscores',
  ],
  [
    "a size that there is not",
    FUNCTION("ephemeralStorage: { size: 256 }"),
    "`ephemeralStorage.size` is 256; Lambda takes 512 to 10240 MB",
  ],
  ["too little memory", FUNCTION("memorySize: 64"), "`memorySize` is 64; Lambda takes 128 to 10240 MB"],
  ["too much memory", FUNCTION("memorySize: 10241"), "`memorySize` is 10241; Lambda takes 128 to 10240 MB"],
  ["a timeout over 900 s", FUNCTION("timeout: 901"), "`timeout` is 901; Lambda takes 1 to 900 seconds"],
  [
    "a layer of another architecture",
    `const layer = new aws.lambda.LayerVersion("sharp", {
       layerName: "sharp", code: functionArgs("hello").code, compatibleArchitectures: ["arm64"],
     });
     ${FUNCTION("layers: [layer.arn]")}`,
    '`layers` has "sharp", for arm64; the function is for x86_64: make both for one',
  ],
  [
    "a function in a VPC without subnets",
    `${NETWORK} ${FUNCTION("vpcConfig: { subnetIds: [], securityGroupIds: [group.id] }")}`,
    "`vpcConfig.subnetIds` is empty: a function in a VPC needs subnets and security groups",
  ],
  [
    "a file system without a mount target",
    `${VOLUME} ${MOUNTING}`,
    '`fileSystemConfig`: the file system of "readers" has no mount target: make one in each zone of the function, and name them in its `dependsOn`',
  ],
  [
    "a name that another resource of the program has",
    `const one = new aws.cloudwatch.LogGroup("one", { name: "/tiny/logs" });
     new aws.cloudwatch.LogGroup("two", { name: "/tiny/logs" }, { dependsOn: [one] });`,
    '`name` "/tiny/logs" exists already, as "one" of tiny/one: choose another, or give a renamed resource an alias',
  ],
];

/** Declares a function that has a layer and a file system as it should. */
const COMPLETE = `${VOLUME}
const target = new aws.efs.MountTarget("models-1", { fileSystemId: files.id, subnetId: subnet.id });
const layer = new aws.lambda.LayerVersion("sharp", {
  layerName: "sharp", code: functionArgs("hello").code, compatibleArchitectures: ["arm64"],
});
const hello = new aws.lambda.Function("hello", {
  ...functionArgs("hello"), name: "hello", architectures: ["arm64"], layers: [layer.arn],
  vpcConfig: { subnetIds: [subnet.id], securityGroupIds: [group.id] },
  fileSystemConfig: { arn: readers.arn, localMountPath: "/mnt/models" },
}, { dependsOn: [target] });`;

describeEngine("a preview of what AWS would refuse", () => {
  const engine = new TestEngine();
  const program = new TinyProgram();
  const stack = new TestStack(engine, program.folder, "one");
  const pack = policyPackOf(ROOT, temporaryFolder(), "local") as string;

  before(() => program.writeFunction("hello", "one"));

  for (const [title, source, line] of REFUSED) {
    it(`fails on ${title}`, async () => {
      program.write(source);
      const { ok, errors } = await stack.preview();
      assert.equal(ok, false);
      assert.ok(errors.includes(line), errors);
    });
  }

  it("fails on a public URL without its permissions, which the policy pack sees when all is told", async () => {
    program.write(`${FUNCTION("")}
      const live = new aws.lambda.Alias("live", { functionName: hello.name, functionVersion: hello.version });
      const target = { functionName: hello.name, qualifier: live.name };
      new aws.lambda.FunctionUrl("hello", { ...target, authorizationType: "NONE" });`);
    const { ok, errors } = await stack.preview("--policy-pack", pack);
    assert.equal(ok, false);
    assert.match(
      errors,
      /^lambda-url-permissions: no permission for lambda:InvokeFunctionUrl and lambda:InvokeFunction on qualifier live-[0-9a-f]{7}; allowed: both permissions\. /m,
    );
  });

  it("passes where a function's layer, file system and mount target are all to be made", async () => {
    program.write(COMPLETE);
    assert.equal((await stack.preview()).errors, "");
  });

  it("fails on a layer that is deployed, and on a name that is taken", async () => {
    assert.equal((await stack.up()).errors, "");
    program.write(COMPLETE.replace('architectures: ["arm64"]', 'architectures: ["x86_64"]'));
    const { errors } = await stack.preview();
    assert.ok(errors.includes('`layers` has "sharp", for arm64; the function is for x86_64'), errors);
    const other = await new TestStack(engine, program.folder, "two").preview();
    assert.ok(
      other.errors.includes('`name` "hello" exists already, as "hello" of tiny/one: choose another'),
      other.errors,
    );
  });
});
