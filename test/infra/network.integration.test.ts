import assert from "node:assert/strict";
import type { Declaration, Declared } from "@paddock/local/program";
import { declareStack, declareWith, find } from "../helpers/program/declareStack";

const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const FUNCTION = "aws:lambda/function:Function";
const SUBNET = "aws:ec2/subnet:Subnet";

const EXISTING = {
  vpcId: "vpc-0123abcd",
  privateSubnetIds: '["subnet-0123abcd","subnet-4567abcd"]',
  fileSystemId: "fs-0123abcd",
  fileSystemSecurityGroupId: "sg-0123abcd",
};

const ofType = ({ resources }: Declaration, type: string) => resources.filter((one) => one.type === type);

/** `from group: protocol ports to peer`, names in place of ids. */
function rules(declaration: Declaration, type: string): string[] {
  const nameOf = (id: unknown) =>
    declaration.resources.find(({ custom, outputs }) => custom && outputs.id === id)?.name ?? id;
  return ofType(declaration, type)
    .map(({ inputs }) => {
      const { cidrIpv4, fromPort, ipProtocol, prefixListId, referencedSecurityGroupId, toPort } = inputs;
      const peer = cidrIpv4 ?? prefixListId ?? nameOf(referencedSecurityGroupId);
      return `${nameOf(inputs.securityGroupId)}: ${ipProtocol} ${fromPort}-${toPort} ${peer}`;
    })
    .sort();
}

describe("the network", () => {
  let single: Declaration;
  let none: Declaration;
  let existing: Declaration;
  before(async () => {
    single = await declareStack();
    none = await declareWith({ egress: "none" });
    existing = await declareWith(EXISTING);
  });

  it("opens NFS to the mount targets, S3, and the web", () => {
    assert.deepEqual(rules(single, EGRESS_RULE), [
      "network-functions: tcp 2049-2049 model-volume-mount-targets",
      "network-functions: tcp 443-443 0.0.0.0/0",
      "network-functions: tcp 443-443 pl-63a5400a",
      "network-functions: tcp 80-80 0.0.0.0/0",
    ]);
    assert.deepEqual(rules(single, INGRESS_RULE), [
      "model-volume-mount-targets: tcp 2049-2049 network-functions",
    ]);
  });

  it("without egress opens S3 and NFS only, and has no NAT gateway, no address and no route out", () => {
    assert.deepEqual(rules(none, EGRESS_RULE), [
      "network-functions: tcp 2049-2049 model-volume-mount-targets",
      "network-functions: tcp 443-443 pl-63a5400a",
    ]);
    assert.deepEqual(ofType(none, "aws:ec2/natGateway:NatGateway"), []);
    assert.deepEqual(ofType(none, "aws:ec2/eip:Eip"), []);
    assert.deepEqual(
      ofType(none, "aws:ec2/route:Route").map(({ name }) => name),
      ["network-public-1", "network-public-2"],
    );
  });

  it("has a NAT gateway, or one a zone, as the setting says", async () => {
    const perZone = await declareWith({ egress: "per-zone", zones: "3" });
    const names = (declaration: Declaration) =>
      ofType(declaration, "aws:ec2/natGateway:NatGateway").map(({ name }) => name);
    assert.deepEqual(names(single), ["network-1"]);
    assert.deepEqual(names(perZone), ["network-1", "network-2", "network-3"]);
    const mounts = ofType(perZone, "aws:efs/mountTarget:MountTarget").map(({ name }) => name);
    assert.deepEqual(mounts.sort(), ["model-volume-1", "model-volume-2", "model-volume-3"]);
  });

  it("keeps its subnets when egress or the number of zones changes: replacing them replaces functions", async () => {
    const subnets = (declaration: Declaration) =>
      Object.fromEntries(ofType(declaration, SUBNET).map(({ name, inputs }) => [name, inputs]));
    const two = subnets(none);
    assert.deepEqual(subnets(single), two);
    const more = subnets(await declareWith({ egress: "per-zone", zones: "3" }));
    assert.deepEqual({ ...more, ...two }, more);
  });

  it("reaches S3 by a gateway endpoint on every route table", () => {
    const { inputs } = find(single, "aws:ec2/vpcEndpoint:VpcEndpoint", "network-s3");
    const { routeTableIds, vpcEndpointType, serviceName } = inputs;
    assert.deepEqual(
      { routeTableIds, vpcEndpointType, serviceName },
      {
        routeTableIds: ofType(single, "aws:ec2/routeTable:RouteTable").map(({ outputs }) => outputs.id),
        vpcEndpointType: "Gateway",
        serviceName: "com.amazonaws.us-east-1.s3",
      },
    );
  });

  it("lets functions through S3's endpoint to this account's buckets, and to read pictures of callers", () => {
    const statements = ({ resources }: Declaration) => {
      const endpoint = resources.find(({ name }) => name === "network-s3");
      return JSON.parse(String(endpoint?.inputs.policy)).Statement as Record<string, unknown>[];
    };
    const ownBuckets = { StringEquals: { "s3:ResourceAccount": "123456789012" } };
    assert.deepEqual(
      statements(single).map(({ Action, Condition }) => [Action, Condition]),
      [
        [["s3:GetObject", "s3:ListBucket", "s3:PutObject"], ownBuckets],
        ["s3:GetObject", undefined],
      ],
    );
    assert.deepEqual(
      statements(none).map(({ Sid }) => Sid),
      ["BucketsOfThisAccount"],
    );
  });

  it("closes the default security group, and writes flow logs unless the setting says no", async () => {
    const { inputs } = find(single, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "network");
    assert.deepEqual(Object.keys(inputs).sort(), ["tags", "vpcId"]);
    const flowLog = find(single, "aws:ec2/flowLog:FlowLog", "network-flow-logs").inputs;
    const logGroup = find(single, "aws:cloudwatch/logGroup:LogGroup", "network-flow-logs");
    assert.deepEqual(
      [flowLog.trafficType, flowLog.logDestination, flowLog.logDestinationType],
      ["ALL", logGroup.outputs.arn, "cloud-watch-logs"],
    );
    assert.deepEqual(ofType(await declareWith({ flowLogs: "false" }), "aws:ec2/flowLog:FlowLog"), []);
  });

  it("takes functions with a file system in, and no other", () => {
    const inside = ofType(single, FUNCTION).filter(({ inputs }) => inputs.vpcConfig !== undefined);
    assert.deepEqual(inside.map(({ name }) => name).sort(), ["image-validation", "model-sync"]);
    const subnetIds = ["network-private-1", "network-private-2"].map(
      (name) => find(single, SUBNET, name).outputs.id,
    );
    const securityGroup = find(single, "aws:ec2/securityGroup:SecurityGroup", "network-functions");
    for (const { inputs } of inside) {
      assert.deepEqual(inputs.vpcConfig, { subnetIds, securityGroupIds: [securityGroup.outputs.id] });
    }
  });

  it("tells its functions whether they reach the internet", () => {
    const egressOf = (declaration: Declaration, name: string) => {
      const { environment } = find(declaration, FUNCTION, name).inputs as {
        environment: { variables: Record<string, string> };
      };
      return environment.variables.EGRESS;
    };
    assert.deepEqual(
      [egressOf(single, "image-validation"), egressOf(none, "image-validation"), egressOf(none, "iris")],
      ["single", "none", undefined],
    );
  });

  it("has a function wait for what it needs to start and to reach S3", () => {
    const needed = [
      ...ofType(single, EGRESS_RULE),
      ...ofType(single, INGRESS_RULE),
      ...ofType(single, "aws:efs/mountTarget:MountTarget"),
      find(single, "aws:efs/fileSystemPolicy:FileSystemPolicy", "model-volume"),
      find(single, "aws:ec2/vpcEndpoint:VpcEndpoint", "network-s3"),
    ];
    for (const name of ["image-validation", "model-sync"]) {
      const { dependencies } = find(single, FUNCTION, name);
      const rolePolicy = find(single, "aws:iam/rolePolicy:RolePolicy", name);
      const missing = [...needed, rolePolicy].filter(({ urn }: Declared) => !dependencies.includes(urn));
      assert.deepEqual(
        missing.map(({ urn }) => urn),
        [],
      );
    }
  });

  it("can be one that is there already, with its file system", () => {
    const made = new Set(existing.resources.map(({ type }) => type));
    for (const type of [
      "awsx:ec2:Vpc",
      SUBNET,
      "aws:efs/fileSystem:FileSystem",
      "aws:efs/mountTarget:MountTarget",
    ]) {
      assert.ok(!made.has(type), type);
    }
    assert.deepEqual(rules(existing, INGRESS_RULE), ["sg-0123abcd: tcp 2049-2049 network-functions"]);
    const { vpcConfig } = find(existing, FUNCTION, "model-sync").inputs as {
      vpcConfig: { subnetIds: string[] };
    };
    assert.deepEqual(vpcConfig.subnetIds, ["subnet-0123abcd", "subnet-4567abcd"]);
  });
});
