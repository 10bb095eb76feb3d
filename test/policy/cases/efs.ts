import type { PropertiesOf } from "../../../policy/lib/resourceTypes";
import { costEfsThroughput } from "../../../policy/rules/cost/efsThroughput";
import { efsAccessPointRoot } from "../../../policy/rules/efs/accessPointRoot";
import { efsAccessPointUser } from "../../../policy/rules/efs/accessPointUser";
import { efsBackup } from "../../../policy/rules/efs/backup";
import { efsEncrypted } from "../../../policy/rules/efs/encrypted";
import { efsKms } from "../../../policy/rules/efs/kms";
import { efsMountTargets } from "../../../policy/rules/efs/mountTargets";
import { efsNfsSources } from "../../../policy/rules/efs/nfsSources";
import { efsPrivateSubnets } from "../../../policy/rules/efs/privateSubnets";
import { efsTransitEncryption } from "../../../policy/rules/efs/transitEncryption";
import { efsZones } from "../../../policy/rules/efs/zones";
import type { RuleCases } from "../../helpers/policy/ruleCases";
import { type RuleResourceOptions, ruleResource } from "../../helpers/policy/ruleResource";

const fileSystem = (inputs: Partial<PropertiesOf<"aws:efs/fileSystem:FileSystem">> = {}) =>
  ruleResource("aws:efs/fileSystem:FileSystem", "models", { encrypted: true, ...inputs });

const accessPoint = (inputs: Partial<PropertiesOf<"aws:efs/accessPoint:AccessPoint">>) =>
  ruleResource("aws:efs/accessPoint:AccessPoint", "models", inputs);

const policy = (effect: string) => {
  const of = fileSystem();
  const statement = {
    Effect: effect,
    Principal: { AWS: "*" },
    Action: "*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const document = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  return [
    of,
    ruleResource(
      "aws:efs/fileSystemPolicy:FileSystemPolicy",
      "models",
      { policy: document },
      { to: { fileSystemId: of } },
    ),
  ];
};

function backedUp(status: string) {
  const of = fileSystem();
  return [
    of,
    ruleResource(
      "aws:efs/backupPolicy:BackupPolicy",
      "models",
      { backupPolicy: { status } },
      { to: { fileSystemId: of } },
    ),
  ];
}

/** A function in the subnets `a` and `b`, and mount targets in those given; `c` is in b's zone, of another VPC. */
function mounted(targetsIn: readonly string[], by: "reference" | "id") {
  const vpcs = ["v", "w"].map((name) => ruleResource("aws:ec2/vpc:Vpc", name));
  const subnet = (name: string, vpcId: string, availabilityZone: string) =>
    ruleResource(
      "aws:ec2/subnet:Subnet",
      name,
      { vpcId, availabilityZone },
      { to: by === "reference" ? { vpcId: vpcs.filter(({ name }) => name === vpcId) } : {} },
    );
  const subnets = [
    subnet("a", "v", "us-east-1a"),
    subnet("b", "v", "us-east-1b"),
    subnet("c", "w", "us-east-1b"),
  ];
  const named = (names: readonly string[]) => subnets.filter(({ name }) => names.includes(name));
  const of = fileSystem();
  const point = ruleResource("aws:efs/accessPoint:AccessPoint", "models", {}, { to: { fileSystemId: of } });
  const targets = targetsIn.map((name) => {
    const to: RuleResourceOptions["to"] = by === "reference" ? { subnetId: named([name]) } : {};
    const inputs = { subnetId: name };
    return ruleResource("aws:efs/mountTarget:MountTarget", name, inputs, { to: { fileSystemId: of, ...to } });
  });
  const to: RuleResourceOptions["to"] = by === "reference" ? { vpcConfig: named(["a", "b"]) } : {};
  const vpcConfig = { subnetIds: ["a", "b"], securityGroupIds: [] };
  const fn = ruleResource(
    "aws:lambda/function:Function",
    "iris",
    { vpcConfig },
    { to: { fileSystemConfig: point, ...to } },
  );
  return [...vpcs, ...subnets, of, point, ...targets, fn];
}

function nfs(rule: Partial<PropertiesOf<"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule">>) {
  const group = ruleResource("aws:ec2/securityGroup:SecurityGroup", "models");
  return [
    group,
    ruleResource(
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "nfs",
      { ipProtocol: "tcp", fromPort: 2049, toPort: 2049, ...rule },
      { to: { securityGroupId: group } },
    ),
    ruleResource("aws:efs/mountTarget:MountTarget", "models-1", {}, { to: { securityGroups: group } }),
  ];
}

/** A mount target in a subnet, by what that one has. */
function targetIn(inputs: Partial<PropertiesOf<"aws:ec2/subnet:Subnet">>, hasRoute = false) {
  const subnet = ruleResource("aws:ec2/subnet:Subnet", "a", inputs);
  const target = ruleResource(
    "aws:efs/mountTarget:MountTarget",
    "models-1",
    {},
    { to: { subnetId: subnet } },
  );
  const gateway = ruleResource("aws:ec2/internetGateway:InternetGateway", "out");
  const table = ruleResource("aws:ec2/routeTable:RouteTable", "a", {}, { to: { routes: gateway } });
  const associated = ruleResource(
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    "a",
    {},
    { to: { subnetId: subnet, routeTableId: table } },
  );
  return [subnet, target, ...(hasRoute ? [gateway, table, associated] : [])];
}

export const efsCases: readonly RuleCases[] = [
  {
    rule: efsPrivateSubnets,
    passes: {
      "a private subnet": targetIn({ mapPublicIpOnLaunch: false }),
      "a subnet that is not of the stack": [
        ruleResource("aws:efs/mountTarget:MountTarget", "models-1", { subnetId: "subnet-1" }),
      ],
    },
    fails: {
      "a subnet that gives public addresses": {
        stack: targetIn({ mapPublicIpOnLaunch: true }),
        says: ["models-1: subnet a gives public addresses; allowed: private subnets"],
      },
      "a subnet whose route table leads out": {
        stack: targetIn({}, true),
        says: ["models-1: subnet a has a route to an internet gateway; allowed: private subnets"],
      },
    },
  },
  {
    rule: efsEncrypted,
    passes: { "an encrypted one": [fileSystem()] },
    fails: {
      "the default": {
        stack: [ruleResource("aws:efs/fileSystem:FileSystem", "models")],
        says: ["models: not encrypted; allowed: encrypted"],
      },
    },
  },
  {
    rule: efsAccessPointRoot,
    passes: { "a folder": [accessPoint({ rootDirectory: { path: "/models" } })] },
    fails: {
      "the root": {
        stack: [accessPoint({ rootDirectory: { path: "/" } })],
        says: ["models: root directory /; allowed: a folder"],
      },
      "the default": { stack: [accessPoint({})], says: ["models: root directory /; allowed: a folder"] },
    },
  },
  {
    rule: efsAccessPointUser,
    passes: { "user 1000": [accessPoint({ posixUser: { uid: 1000, gid: 1000 } })] },
    fails: {
      "no user": { stack: [accessPoint({})], says: ["models: no user; allowed: a uid other than 0"] },
      root: {
        stack: [accessPoint({ posixUser: { uid: 0, gid: 1000 } })],
        says: ["models: uid 0, gid 1000; allowed: other than 0"],
      },
    },
  },
  {
    rule: efsMountTargets,
    passes: {
      "one in each zone": mounted(["a", "b"], "reference"),
      "one in each zone, where the program names a component's subnets": mounted(["a", "b"], "id"),
      "a function without a file system": [ruleResource("aws:lambda/function:Function", "iris")],
    },
    fails: {
      "a zone without one": {
        stack: mounted(["a"], "reference"),
        says: ["iris: no mount target in us-east-1b (subnet b); allowed: one in every zone of the function"],
      },
      "one in another VPC, by reference": {
        stack: mounted(["a", "c"], "reference"),
        says: ["iris: no mount target in us-east-1b (subnet b); allowed: one in every zone of the function"],
      },
      "one in another VPC": {
        stack: mounted(["a", "c"], "id"),
        says: ["iris: no mount target in us-east-1b (subnet b); allowed: one in every zone of the function"],
      },
    },
  },
  {
    rule: efsTransitEncryption,
    passes: { "a policy that denies": policy("Deny") },
    fails: {
      "no policy": { stack: [fileSystem()], says: ["models: clients without TLS; allowed: none"] },
      "a policy that allows": {
        stack: policy("Allow"),
        says: ["models: clients without TLS; allowed: none"],
      },
    },
  },
  {
    rule: efsNfsSources,
    passes: { "the functions' security group": nfs({ referencedSecurityGroupId: "sg" }) },
    fails: {
      "a range of addresses": {
        stack: nfs({ cidrIpv4: "10.0.0.0/16" }),
        says: ["models-1: nfs: tcp 2049-2049 from 10.0.0.0/16; allowed: tcp 2049 from a security group"],
      },
      "other ports": {
        stack: nfs({ referencedSecurityGroupId: "sg", fromPort: 0, toPort: 65535 }),
        says: ["models-1: nfs: tcp 0-65535 from a security group; allowed: tcp 2049 from a security group"],
      },
      "the default security group": {
        stack: [ruleResource("aws:efs/mountTarget:MountTarget", "models-1", { subnetId: "a" })],
        says: ["models-1: the default security group; allowed: a security group"],
      },
    },
  },
  {
    rule: costEfsThroughput,
    passes: { elastic: [fileSystem({ throughputMode: "elastic" })], "the default": [fileSystem()] },
    fails: {
      provisioned: {
        stack: [fileSystem({ throughputMode: "provisioned", provisionedThroughputInMibps: 1024 })],
        says: ["models: 1024 MiB/s provisioned; allowed: elastic"],
      },
    },
  },
  {
    rule: efsZones,
    passes: { several: [fileSystem()] },
    fails: {
      "One Zone": {
        stack: [fileSystem({ availabilityZoneName: "us-east-1a" })],
        says: ["models: One Zone; allowed: several zones"],
      },
    },
  },
  {
    rule: efsBackup,
    passes: { "a backup": backedUp("ENABLED") },
    fails: {
      none: { stack: [fileSystem()], says: ["models: no backup; allowed: status ENABLED"] },
      "one switched off": {
        stack: backedUp("DISABLED"),
        says: ["models: no backup; allowed: status ENABLED"],
      },
    },
  },
  {
    rule: efsKms,
    passes: { "a key": [fileSystem({ kmsKeyId: "arn" })] },
    fails: { "AWS's": { stack: [fileSystem()], says: ["models: AWS's key; allowed: a KMS key"] } },
  },
];
