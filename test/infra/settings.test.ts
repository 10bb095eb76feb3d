import assert from "node:assert/strict";
import path from "node:path";
import { readStackConfig } from "@paddock/local/program";
import * as pulumi from "@pulumi/pulumi";
import { readSettings } from "../../infra/settings";

/** Reads the settings of the stack dev, with some of them over those of its file. */
function read(settings: Readonly<Record<string, string>>): void {
  const { project, stack, config } = readStackConfig(path.resolve(__dirname, "../.."), "dev", settings);
  pulumi.runtime.setMocks({ newResource: () => ({ id: "", state: {} }), call: () => ({}) }, project, stack);
  pulumi.runtime.setAllConfig({ ...config });
  readSettings();
}

const ZONES = 'a list of 2 to 4 zones such as ["us-east-1a","us-east-1b"], or []';
const OWN_TAGS = "tags as AWS takes them, and neither `aws:…` nor project or stack, which the stack sets";
const CURE = "Change it with `pulumi config set` or in Pulumi.dev.yaml.";

describe("a wrong setting", () => {
  const wrong: [string, string, string][] = [
    ["platform", "vm", "one of lambda, host"],
    ["architecture", "mips", "one of arm64, x86_64"],
    ["memorySize", "4096", "a whole number from 128 to 3008"],
    ["timeout", "30.5", "a whole number from 1 to 29"],
    ["tracing", "yes", "one of true, false"],
    ["functionUrlAuth", "none", "one of AWS_IAM, NONE"],
    ["accessLogs", "always", "one of off, on, on-with-account-role"],
    ["corsOrigins", '["example.com"]', 'a list of origins such as ["https://example.com"], or ["*"]'],
    ["egress", "nat", "one of none, single, per-zone"],
    ["modelCheckSeconds", "-1", "a whole number from 0 to 86400"],
    ["zones", "1", "a whole number from 2 to 4"],
    ["volumeThroughput", "2000", "a whole number from 0 to 1024"],
    ["volumeBackup", "daily", "one of true, false"],
    ["vpcId", "my-vpc", "an id such as vpc-0123456789abcdef0, or empty"],
    ["privateSubnetIds", '["vpc-0123abcd"]', 'a list of ids such as ["subnet-0123456789abcdef0"], or []'],
    ["fileSystemId", "efs", "an id such as fs-0123456789abcdef0, or empty"],
    ["dataBucket", "Not_A_Bucket", "a bucket's name, or empty"],
    ["modelPath", "model.onnx", "the key of a model.tar.gz, or empty"],
    ["aliasesRole", "arn:aws:iam::123456789012:user/me", "the ARN of a role, or empty"],
    ["permissionsBoundary", "boundary", "the ARN of a policy, or empty"],
    ["rolePath", "teams/ml", "a path such as /teams/ml/, or empty"],
    ["availabilityZones", '["us-east-1a"]', ZONES],
    ["availabilityZones", '["us-east-1a","us-east-1a"]', ZONES],
    ["availabilityZones", '["us-east-1a","us-east-1-atl-2a"]', ZONES],
    [
      "provisionedConcurrencySchedule",
      '["cron(0 19 * * ? *) 0"]',
      'a list such as ["cron(0 7 ? * MON-FRI *) 5"], each with a number of 1 or more, or []',
    ],
    ["tags", "team=ml", 'an object of strings such as {"team":"ml"}, or {}'],
    ["tags", '{"stack":"x"}', OWN_TAGS],
    ["tags", '{"aws:team":"ml"}', OWN_TAGS],
    ["allowedPrincipals", '["*"]', 'a list of ARNs such as ["arn:aws:iam::123456789012:role/caller"], or []'],
    ["corsOrigins", "*", 'a list of origins such as ["https://example.com"], or ["*"]'],
  ];
  for (const [key, value, allowed] of wrong) {
    it(`fails with one line: ${key} = ${value}`, () => {
      assert.throws(() => read({ [key]: value }), {
        message: `Setting \`paddock:${key}\` is ${JSON.stringify(value)}; it must be ${allowed}. ${CURE}`,
      });
    });
  }

  const unknown: [string, string][] = [
    [
      "memorysize",
      'Setting `paddock:memorysize` is unknown (did you mean "memorySize"?): Pulumi.yaml lists all.',
    ],
    ["weather", "Setting `paddock:weather` is unknown: Pulumi.yaml lists all."],
    [
      "padock:zones",
      "Setting `padock:zones` has the namespace of another package: it must be `paddock:zones`.",
    ],
    [
      "aws:memorySize",
      "Setting `aws:memorySize` has the namespace of another package: it must be `paddock:memorySize`.",
    ],
  ];
  for (const [key, message] of unknown) {
    it(`fails with the name that is meant: ${key}`, () => {
      assert.throws(() => read({ [key]: "2" }), { message: `${message} ${CURE}` });
    });
  }

  it("A setting of another package is not checked", () => {
    assert.doesNotThrow(() => read({ "aws:maxRetries": "2", "random:seed": "3" }));
  });

  const contradictions: [string, Record<string, string>, string][] = [
    [
      "a VPC without its subnets",
      { vpcId: "vpc-0123abcd" },
      "Settings `vpcId` and `privateSubnetIds` belong together: set both, or neither for a VPC of the stack's own.",
    ],
    [
      "a file system without its security group",
      { fileSystemId: "fs-0123abcd" },
      "Settings `fileSystemId` and `fileSystemSecurityGroupId` belong together: set both, or neither for a file system of the stack's own.",
    ],
    [
      "a file system without its VPC",
      { fileSystemId: "fs-0123abcd", fileSystemSecurityGroupId: "sg-0123abcd" },
      "Setting `fileSystemId` names an existing file system, which is reached in its own VPC alone: set `vpcId` and `privateSubnetIds` too.",
    ],
    [
      "a bucket with models without the key of its default model",
      { dataBucket: "unicorn-rides" },
      "Settings `dataBucket` and `modelPath` belong together: set both, or neither for a bucket of the stack's own.",
    ],
    [
      "the key of a default model without its bucket",
      { modelPath: "linear-learner-1/output/model.tar.gz" },
      "Settings `dataBucket` and `modelPath` belong together: set both, or neither for a bucket of the stack's own.",
    ],
    [
      "a release in steps of provisioned concurrency",
      { provisionedConcurrency: "1", release: "canary10percent5minutes" },
      "Alias with weights can not be used with Provisioned Concurrency: set `release` to all, or `provisionedConcurrency` to 0.",
    ],
    [
      "scaling of no provisioned concurrency",
      { provisionedConcurrencyMax: "2" },
      "Settings `provisionedConcurrencyMax` and `provisionedConcurrencySchedule` need `provisionedConcurrency`, the least of them: 1 or more.",
    ],
    [
      "alarms without metrics",
      { alarms: "true", metrics: "false" },
      "Setting `alarms` needs `metrics`: alarms on metrics that nobody writes never fire.",
    ],
  ];
  for (const [what, settings, message] of contradictions) {
    it(`fails with one line: ${what}`, () => {
      assert.throws(() => read(settings), { message });
    });
  }
});
