import { stackRule } from "../../lib/rule";

const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";

export const lambdaAfterMountTargets = stackRule({
  name: "lambda-after-mount-targets",
  title:
    "A function is made after the mount targets of its file system, and the rules that let it reach them",
  why: "AWS rejects a function while a mount target is not available: the first `pulumi up` fails, the second succeeds.",
  cure: "Name the mount targets and the security groups' rules in the function's `dependsOn`.",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html",
  types: ["aws:lambda/function:Function"],
  check(fn, { stack }) {
    const [fileSystem] = stack.references(fn, "aws:efs/fileSystem:FileSystem", "fileSystemConfig");
    if (fileSystem === undefined) return undefined;
    const targets = stack.referring(fileSystem, "aws:efs/mountTarget:MountTarget", "fileSystemId");
    const groups = targets.flatMap((target) => stack.references(target, SECURITY_GROUP, "securityGroups"));
    const rules = [...new Set(groups)].flatMap((group) => [
      ...stack.referring(group, INGRESS_RULE, "securityGroupId"),
      ...stack.referring(group, EGRESS_RULE, "referencedSecurityGroupId"),
    ]);
    return [
      ...targets.map((target) => ({ part: target, what: `mount target ${target.name}`, warning: false })),
      // AWS makes the function all the same; until the rule is there, its requests fail.
      ...rules.map((rule) => ({ part: rule, what: `security group rule ${rule.name}`, warning: true })),
    ]
      .filter(({ part }) => !stack.dependsOn(fn, part))
      .map(({ what, warning }) => ({ found: `made before ${what}`, allowed: "after all of them", warning }));
  },
});
