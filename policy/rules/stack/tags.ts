import { resourceRule } from "../../lib/rule";

export const stackTags = resourceRule({
  name: "stack-tags",
  title: "Resources carry the tags of their project and stack",
  why: "Costs are split by them, and whoever finds a resource finds the program that made it.",
  cure: "Set `tags`, or the provider's `defaultTags`.",
  severity: "low",
  tier: "strict",
  url: "https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",
  controls: ["EFS.5", "Lambda.6"],
  types: [
    "aws:apigateway/restApi:RestApi",
    "aws:apigateway/stage:Stage",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "aws:ec2/flowLog:FlowLog",
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    "aws:efs/accessPoint:AccessPoint",
    "aws:efs/fileSystem:FileSystem",
    "aws:iam/role:Role",
    "aws:kms/key:Key",
    "aws:lambda/function:Function",
    "aws:s3/bucket:Bucket",
  ],
  limits: { keys: ["project", "stack"] },
  check({ props: { tags = {} }, provider }, { limits: { keys } }) {
    const { tags: byDefault = {} } = (provider.defaultTags ?? {}) as {
      tags?: Readonly<Record<string, string>>;
    };
    const missing = keys.filter((key) => !Object.hasOwn(tags, key) && !Object.hasOwn(byDefault, key));
    if (missing.length === 0) return undefined;
    return { found: `no tag ${missing.join(", ")}`, allowed: `tags ${keys.join(", ")}` };
  },
});
