import type { Declared } from "@paddock/local/program";
import type { PropertiesOf, ResourceToken } from "../../../policy/lib/resourceTypes";
import { efsPrivateSubnets } from "../../../policy/rules/efs/privateSubnets";
import { vpcDefaultSecurityGroup } from "../../../policy/rules/vpc/defaultSecurityGroup";
import { vpcDefaultSecurityGroupAdditions } from "../../../policy/rules/vpc/defaultSecurityGroupAdditions";
import { vpcDefaultSecurityGroupRules } from "../../../policy/rules/vpc/defaultSecurityGroupRules";
import { vpcFlowLogs } from "../../../policy/rules/vpc/flowLogs";
import { vpcOpenEgress } from "../../../policy/rules/vpc/openEgress";
import { vpcOpenIngress } from "../../../policy/rules/vpc/openIngress";
import { vpcOpenNacl } from "../../../policy/rules/vpc/openNacl";
import { vpcPrivateSubnets } from "../../../policy/rules/vpc/privateSubnets";
import { vpcPublicAddresses } from "../../../policy/rules/vpc/publicAddresses";
import { vpcSecurityGroupDescriptions } from "../../../policy/rules/vpc/securityGroupDescriptions";
import { vpcSecurityGroupUsed } from "../../../policy/rules/vpc/securityGroupUsed";
import type { ControlCases } from "../../helpers/policy/controlCases";
import { ruleResource } from "../../helpers/policy/ruleResource";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

const vpc = ruleResource("aws:ec2/vpc:Vpc", "it");

function vpcWith<T extends ResourceToken>(type: T, inputs: Partial<PropertiesOf<T>> = {}) {
  return [vpc, ruleResource(type, "it", inputs, { to: { vpcId: vpc } })];
}

const group = (inputs: Partial<PropertiesOf<typeof GROUP>> = {}) => ruleResource(GROUP, "it", inputs);

const EVERYTHING = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };

/** A port that is open, in each of the three ways to write a rule. */
const open = (fromPort: number, toPort: number, range: string) => {
  const protocol = "tcp";
  return {
    [`ports ${fromPort}-${toPort} from ${range} inside a group`]: [
      group({ ingress: [{ protocol, fromPort, toPort, cidrBlocks: [range] }] }),
    ],
    [`ports ${fromPort}-${toPort} from ${range} in a rule`]: [
      ruleResource(INGRESS_RULE, "it", { ipProtocol: protocol, fromPort, toPort, cidrIpv4: range }),
    ],
    [`ports ${fromPort}-${toPort} from ${range} in an older rule`]: [
      ruleResource("aws:ec2/securityGroupRule:SecurityGroupRule", "it", {
        ...{ type: "ingress", protocol, fromPort, toPort, cidrBlocks: [range] },
      }),
    ],
  };
};

const ingress = (controls: readonly string[], ...ports: readonly [number, number][]): ControlCases => ({
  rule: vpcOpenIngress,
  controls,
  refuses: Object.assign({}, ...ports.map(([from, to]) => open(from, to, "0.0.0.0/0"))),
  passes: Object.assign({}, ...ports.map(([from, to]) => open(from, to, "10.0.0.0/16"))),
});

const nacl = (control: string, port: number): ControlCases => {
  const allow = (cidrBlock: string) => [
    ruleResource("aws:ec2/networkAcl:NetworkAcl", "it", {
      ingress: [{ action: "allow", protocol: "tcp", ruleNo: 1, fromPort: port, toPort: port, cidrBlock }],
    }),
    ruleResource("aws:ec2/networkAclRule:NetworkAclRule", "it", {
      ...{ ruleAction: "allow", protocol: "tcp", ruleNumber: 1, fromPort: port, toPort: port, cidrBlock },
    }),
  ];
  const [inside = vpc, beside = vpc] = allow("0.0.0.0/0");
  return {
    rule: vpcOpenNacl,
    controls: [control],
    refuses: { [`port ${port} for everyone in an ACL`]: [inside], [`port ${port} in a rule`]: [beside] },
    passes: { [`port ${port} for one range`]: allow("10.0.0.0/16") },
  };
};

const subnet = (name: string, inputs: Partial<PropertiesOf<"aws:ec2/subnet:Subnet">>) =>
  ruleResource("aws:ec2/subnet:Subnet", name, inputs, { to: { vpcId: vpc } });

function functionIn(...zones: readonly string[]): Declared[] {
  const subnets = zones.map((availabilityZone, index) => subnet(`${index}`, { availabilityZone }));
  const vpcConfig = { subnetIds: subnets.map(({ name }) => name), securityGroupIds: ["sg-1"] };
  return [
    ...[vpc, ...subnets],
    ruleResource("aws:lambda/function:Function", "it", { vpcConfig }, { to: { vpcConfig: subnets } }),
  ];
}

function mountTargetIn(inputs: Partial<PropertiesOf<"aws:ec2/subnet:Subnet">>): Declared[] {
  const it = subnet("it", inputs);
  return [vpc, it, ruleResource("aws:efs/mountTarget:MountTarget", "it", {}, { to: { subnetId: it } })];
}

const ruleOf = (of: Declared, type: typeof INGRESS_RULE | typeof EGRESS_RULE) => [
  of,
  ruleResource(type, "it", {}, { to: { securityGroupId: of } }),
];

export const networkControls: readonly ControlCases[] = [
  {
    rule: vpcDefaultSecurityGroup,
    controls: ["EC2.2", "CKV2_AWS_12"],
    refuses: { "a VPC with the default group as AWS made it": [vpc] },
    passes: { "a default group without rules": vpcWith(DEFAULT_GROUP) },
  },
  {
    rule: vpcDefaultSecurityGroupRules,
    controls: ["EC2.2", "CKV2_AWS_12"],
    refuses: {
      "what may come in": vpcWith(DEFAULT_GROUP, { ingress: [{ ...EVERYTHING, self: true }] }),
      "what may go out": vpcWith(DEFAULT_GROUP, { egress: [EVERYTHING] }),
    },
    passes: { "a default group without rules": vpcWith(DEFAULT_GROUP) },
  },
  {
    rule: vpcDefaultSecurityGroupAdditions,
    controls: ["CKV2_AWS_12"],
    refuses: {
      "a rule for what comes in": ruleOf(ruleResource(DEFAULT_GROUP, "it"), INGRESS_RULE),
      "a rule for what goes out": ruleOf(ruleResource(DEFAULT_GROUP, "it"), EGRESS_RULE),
      "a rule of the VPC's `defaultSecurityGroupId`": ruleOf(vpc, INGRESS_RULE),
    },
    passes: { "a rule of another group of the VPC": ruleOf(group(), INGRESS_RULE) },
  },
  {
    rule: vpcFlowLogs,
    controls: ["EC2.6", "CKV2_AWS_11", "AwsSolutions-VPC7"],
    refuses: { "a VPC without flow logs": [vpc] },
    passes: { "a VPC with flow logs": vpcWith("aws:ec2/flowLog:FlowLog") },
  },
  {
    rule: vpcOpenEgress,
    controls: ["CKV_AWS_382"],
    refuses: {
      "everything to everywhere inside a group": [group({ egress: [EVERYTHING] })],
      "everything to everywhere in a rule": [
        ruleResource(EGRESS_RULE, "it", { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" }),
      ],
    },
    passes: {
      "one port": [
        ruleResource(EGRESS_RULE, "it", {
          ...{ ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" },
        }),
      ],
      "no egress": [group()],
    },
  },
  ingress(["CKV_AWS_24"], [22, 22], [0, 1024]),
  ingress(["CKV_AWS_25"], [3389, 3389]),
  ingress(["CKV_AWS_260", "AwsSolutions-EC23"], [80, 80]),
  ingress(["EC2.18", "AwsSolutions-EC23"], [8080, 8080]),
  ingress(["EC2.19"], [21, 21], [3306, 3306], [5432, 5432], [9200, 9300]),
  {
    rule: vpcOpenIngress,
    controls: ["CKV_AWS_277", "AwsSolutions-EC23"],
    refuses: {
      "every port for everyone inside a group": [group({ ingress: [EVERYTHING] })],
      "every port for everyone in a rule": [
        ruleResource(INGRESS_RULE, "it", { ipProtocol: "-1", cidrIpv6: "::/0" }),
      ],
    },
    passes: {
      "a group as source": [
        ruleResource(INGRESS_RULE, "it", { ipProtocol: "-1", referencedSecurityGroupId: "sg-1" }),
      ],
    },
  },
  nacl("CKV_AWS_231", 3389),
  nacl("CKV_AWS_232", 22),
  nacl("EC2.21", 22),
  nacl("EC2.21", 3389),
  {
    rule: vpcPrivateSubnets,
    controls: ["Lambda.5"],
    refuses: { "one zone": functionIn("us-east-1a") },
    passes: { "two zones": functionIn("us-east-1a", "us-east-1b") },
  },
  {
    rule: efsPrivateSubnets,
    controls: ["EFS.6"],
    refuses: { "a subnet that gives public addresses": mountTargetIn({ mapPublicIpOnLaunch: true }) },
    passes: { "a subnet that gives none": mountTargetIn({ mapPublicIpOnLaunch: false }) },
  },
  {
    rule: vpcPublicAddresses,
    controls: ["EC2.15", "CKV_AWS_130"],
    refuses: { "public addresses": [subnet("it", { mapPublicIpOnLaunch: true })] },
    passes: { "no public addresses": [subnet("it", { mapPublicIpOnLaunch: false })] },
  },
  {
    rule: vpcSecurityGroupDescriptions,
    controls: ["CKV_AWS_23", "AwsSolutions-EC27"],
    refuses: { "a group without a description": [group()] },
    passes: { "a group with a description": [group({ description: "The functions." })] },
  },
  {
    rule: vpcSecurityGroupDescriptions,
    controls: ["CKV_AWS_23"],
    refuses: {
      "a rule without a description": [ruleResource(INGRESS_RULE, "it", { ipProtocol: "tcp" })],
      "a rule inside a group without one": [group({ description: "The functions.", egress: [EVERYTHING] })],
    },
    passes: {
      "rules with descriptions": [
        group({ description: "The functions.", egress: [{ ...EVERYTHING, description: "To S3." }] }),
        ruleResource(INGRESS_RULE, "it", { description: "From the functions." }),
      ],
    },
  },
  {
    rule: vpcSecurityGroupUsed,
    controls: ["CKV2_AWS_5"],
    refuses: {
      "a group that nothing has": [group()],
      "a group that only its rules name": ruleOf(group(), INGRESS_RULE),
    },
    passes: {
      "a function's group": [
        group(),
        ruleResource("aws:lambda/function:Function", "it", {}, { to: { vpcConfig: group() } }),
      ],
    },
  },
];
