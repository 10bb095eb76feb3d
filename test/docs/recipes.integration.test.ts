import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { type Declaration, declare, readStackConfig } from "@paddock/local/program";
import { judgeProgram } from "../../policy/lib/judgeProgram";
import { find } from "../helpers/program/declareStack";
import { recipeProject } from "../helpers/program/recipeProject";

const RECIPES = path.resolve(__dirname, "../../docs/recipes");
const EXISTING_VPC = {
  vpcId: "vpc-0123abcd",
  privateSubnetIds: '["subnet-0123abcd","subnet-4567abcd"]',
};

describe("the recipes, in the program of this project", () => {
  const project = recipeProject();
  let stack: Declaration;
  before(async () => {
    const stackConfig = readStackConfig(project.folder, "dev", EXISTING_VPC);
    stack = await declare({ stackConfig, place: { accountId: "123456789012", region: "us-east-1" } });
  });
  const ofType = (type: string) => stack.resources.filter((one) => one.type === type);

  it("README lists every recipe, and no other", () => {
    const readme = fs.readFileSync(path.join(RECIPES, "README.md"), "utf8");
    const listed = [...readme.matchAll(/\]\((\w+\.ts)\)/g)].map(([, file]) => file);
    assert.deepEqual(
      listed.sort(),
      fs.readdirSync(RECIPES).filter((file) => file.endsWith(".ts")),
    );
  });

  it("ownKeys.ts encrypts buckets, logs, the volume and functions' environments with the stack's key", () => {
    const { arn } = find(stack, "aws:kms/key:Key", "own-key").outputs;
    const keysOf = (type: string, keyOf: (inputs: Record<string, unknown>) => unknown) => {
      const found = ofType(type).map(({ inputs }) => keyOf(inputs));
      assert.ok(found.length > 0, type);
      return found.filter((key) => key !== arn);
    };
    assert.deepEqual(
      [
        keysOf("aws:cloudwatch/logGroup:LogGroup", ({ kmsKeyId }) => kmsKeyId),
        keysOf("aws:efs/fileSystem:FileSystem", ({ kmsKeyId }) => kmsKeyId),
        keysOf("aws:lambda/function:Function", ({ kmsKeyArn }) => kmsKeyArn),
        keysOf(
          "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
          ({ rules }) =>
            (rules as { applyServerSideEncryptionByDefault: { kmsMasterKeyId: unknown } }[])[0]
              ?.applyServerSideEncryptionByDefault.kmsMasterKeyId,
        ),
      ],
      [[], [], [], []],
    );
  });

  it("webAcl.ts puts the firewall in front of the API's stage", () => {
    const { inputs } = find(stack, "aws:wafv2/webAclAssociation:WebAclAssociation", "web-acl");
    assert.deepEqual(inputs, {
      resourceArn: find(stack, "aws:apigateway/stage:Stage", "api").outputs.arn,
      webAclArn: find(stack, "aws:wafv2/webAcl:WebAcl", "web-acl").outputs.arn,
    });
  });

  it("customDomain.ts maps the domain to the API's stage", () => {
    const { inputs } = find(stack, "aws:apigateway/basePathMapping:BasePathMapping", "domain");
    const api = find(stack, "aws:apigateway/restApi:RestApi", "api").outputs.id;
    assert.deepEqual(inputs, { domainName: "models.example.com", restApi: api, stageName: "prod" });
  });

  it("apiKeys.ts has every method but preflights ask for a key, and publishes the API anew", () => {
    const methods = ofType("aws:apigateway/method:Method");
    assert.ok(methods.length >= 8);
    for (const { inputs, name } of methods) {
      assert.equal(inputs.apiKeyRequired, inputs.httpMethod === "OPTIONS" ? undefined : true, name);
    }
    const { triggers } = find(stack, "aws:apigateway/deployment:Deployment", "api").inputs;
    assert.equal((triggers as { apiKeys?: string }).apiKeys, "required");
    const { keys } = stack.outputs as { keys: Record<string, string> };
    assert.equal(keys.ranch, find(stack, "aws:apigateway/apiKey:ApiKey", "caller-ranch").outputs.value);
  });

  it("existingVpc.ts adds the organization's security groups to the functions in the VPC", () => {
    const inside = ofType("aws:lambda/function:Function").filter(({ inputs }) => inputs.vpcConfig);
    assert.deepEqual(inside.map(({ name }) => name).sort(), ["image-validation", "model-sync"]);
    const own = find(stack, "aws:ec2/securityGroup:SecurityGroup", "network-functions").outputs.id;
    for (const { inputs } of inside) {
      const { securityGroupIds } = inputs.vpcConfig as { securityGroupIds: string[] };
      assert.deepEqual(securityGroupIds, [own, "sg-0123abcd"]);
    }
  });

  it("The policy pack finds nothing in them", async () => {
    const report = await judgeProgram({ projectDir: project.folder, stack: "dev", today: "2026-11-28" });
    assert.deepEqual(
      report.verdicts
        .filter(({ outcome }) => outcome !== "excepted")
        .map(({ rule, urn }) => `${rule.name} ${urn}`),
      [],
    );
    assert.deepEqual(report.couldNotRun, []);
  });
});
