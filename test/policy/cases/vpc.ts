import type { PropertiesOf, ResourceToken } from "../../../policy/lib/resourceTypes";
import { closeDefaultGroup } from "../../../policy/rules/vpc/closeDefaultGroup";
import { forbidMixedRules } from "../../../policy/rules/vpc/forbidMixedRules";
import { forbidOpenIngress } from "../../../policy/rules/vpc/forbidOpenIngress";
import { limitEgress } from "../../../policy/rules/vpc/limitEgress";
import { limitNatGateways } from "../../../policy/rules/vpc/limitNatGateways";
import { requireDescriptions } from "../../../policy/rules/vpc/requireDescriptions";
import { requireFlowLogs } from "../../../policy/rules/vpc/requireFlowLogs";
import { requirePrivateSubnets } from "../../../policy/rules/vpc/requirePrivateSubnets";
import { requireS3Endpoint } from "../../../policy/rules/vpc/requireS3Endpoint";
import type { RuleCases } from "../../helpers/ruleCases";
import { ruleResource } from "../../helpers/ruleResource";

const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

const vpc = ruleResource("aws:ec2/vpc:Vpc", "network", { cidrBlock: "10.0.0.0/16" });

const group = (inputs: Partial<PropertiesOf<"aws:ec2/securityGroup:SecurityGroup">> = {}) =>
  ruleResource("aws:ec2/securityGroup:SecurityGroup", "functions", inputs);

const ingress = (inputs: Partial<PropertiesOf<typeof INGRESS>>) => ruleResource(INGRESS, "in", inputs);
const egress = (inputs: Partial<PropertiesOf<typeof EGRESS>>) => ruleResource(EGRESS, "out", inputs);

/** A resource about a VPC, the program's own or the one in a component that it refers to. */
function vpcWith<T extends ResourceToken>(type: T, inputs: object, by: "own" | "component" = "own") {
  if (by === "own") return [vpc, ruleResource(type, "network", inputs as never, { to: { vpcId: vpc } })];
  const component = ruleResource("awsx:ec2:Vpc" as never, "network");
  return [
    component,
    { ...vpc, parent: component.urn },
    ruleResource(type, "network", inputs as never, { to: { vpcId: component } }),
  ];
}

function inSubnets(...subnets: readonly { readonly zone: string; readonly isPublic?: boolean }[]) {
  const made = subnets.map(({ zone, isPublic }, index) =>
    ruleResource("aws:ec2/subnet:Subnet", `subnet-${index}`, {
      availabilityZone: zone,
      mapPublicIpOnLaunch: isPublic ?? false,
    }),
  );
  const vpcConfig = { subnetIds: made.map(({ name }) => name), securityGroupIds: [] };
  return [...made, ruleResource("aws:lambda/function:Function", "iris", { vpcConfig })];
}

const S3 = { serviceName: "com.amazonaws.us-east-1.s3", vpcEndpointType: "Gateway" };

export const vpcCases: readonly RuleCases[] = [
  {
    rule: forbidOpenIngress,
    passes: {
      "a security group": [group(), ingress({ referencedSecurityGroupId: "sg" })],
      "a range of one's own": [ingress({ cidrIpv4: "10.0.0.0/16" })],
    },
    fails: {
      "everyone, by a rule": {
        stack: [ingress({ cidrIpv4: "0.0.0.0/0" })],
        says: ["in: connections from 0.0.0.0/0; allowed: from security groups"],
      },
      "everyone, inside a group, by IPv6 too": {
        stack: [
          group({
            ingress: [
              {
                protocol: "tcp",
                fromPort: 22,
                toPort: 22,
                cidrBlocks: ["0.0.0.0/0"],
                ipv6CidrBlocks: ["::/0"],
              },
            ],
          }),
        ],
        says: [
          "functions: connections from 0.0.0.0/0; allowed: from security groups",
          "functions: connections from ::/0; allowed: from security groups",
        ],
      },
    },
  },
  {
    rule: limitEgress,
    passes: {
      "HTTPS to anywhere": [egress({ cidrIpv4: "0.0.0.0/0", fromPort: 443, toPort: 443 })],
      "any port of a security group": [
        egress({ referencedSecurityGroupId: "sg", fromPort: 2049, toPort: 2049 }),
      ],
    },
    fails: {
      "any port of anywhere": {
        stack: [egress({ cidrIpv4: "0.0.0.0/0", ipProtocol: "-1" })],
        says: ["out: any port of anywhere; allowed: ports 80, 443"],
      },
      "a range inside a group": {
        stack: [
          group({ egress: [{ protocol: "tcp", fromPort: 0, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }] }),
        ],
        says: ["functions: ports 0-443 of anywhere; allowed: ports 80, 443"],
      },
    },
  },
  {
    rule: requireDescriptions,
    passes: { sentences: [group({ description: "Functions" }), ingress({ description: "NFS" })] },
    fails: {
      "a group and a rule without": {
        stack: [group(), egress({ cidrIpv4: "0.0.0.0/0" })],
        says: ["functions: no description; allowed: a sentence", "out: no description; allowed: a sentence"],
      },
    },
  },
  {
    rule: forbidMixedRules,
    passes: { "rules outside": mixed(false) },
    fails: {
      "both ways": {
        stack: mixed(true),
        says: ["functions: 1 rules inside and 1 outside; allowed: one way"],
      },
    },
  },
  {
    rule: requireFlowLogs,
    passes: {
      "a flow log": vpcWith("aws:ec2/flowLog:FlowLog", { trafficType: "ALL" }),
      "a flow log of a component's VPC": vpcWith(
        "aws:ec2/flowLog:FlowLog",
        { trafficType: "ALL" },
        "component",
      ),
    },

    fails: {
      none: { stack: [vpc], says: ["network: no flow logs; allowed: a flow log"] },
      "another VPC's": {
        stack: [...vpcWith("aws:ec2/flowLog:FlowLog", {}), ruleResource("aws:ec2/vpc:Vpc", "other")],
        says: ["other: no flow logs; allowed: a flow log"],
      },
    },
  },
  {
    rule: closeDefaultGroup,
    passes: { "a group without rules": vpcWith("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", {}) },
    fails: {
      "AWS's": {
        stack: [vpc],
        says: ["network: the default security group as AWS made it; allowed: no rules"],
      },
      "a group with a rule": {
        stack: vpcWith("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", {
          ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }],
        }),
        says: ["network: 1 rules in it; allowed: no rules"],
      },
    },
  },
  {
    rule: requirePrivateSubnets,
    passes: {
      "two zones": inSubnets({ zone: "us-east-1a" }, { zone: "us-east-1b" }),
      "a function without a VPC": [ruleResource("aws:lambda/function:Function", "iris")],
    },
    fails: {
      "one zone": {
        stack: inSubnets({ zone: "us-east-1a" }, { zone: "us-east-1a" }),
        says: ["iris: subnets of the stack in 1 zones; allowed: at least 2"],
      },
      "a public subnet": {
        stack: inSubnets({ zone: "us-east-1a", isPublic: true }, { zone: "us-east-1b" }),
        says: ["iris: subnet subnet-0 gives public addresses; allowed: private subnets"],
      },
    },
  },
  {
    rule: requireS3Endpoint,
    passes: {
      "a gateway endpoint": vpcWith("aws:ec2/vpcEndpoint:VpcEndpoint", { ...S3, routeTableIds: ["rtb"] }),
    },
    fails: {
      none: { stack: [vpc], says: ["network: no gateway endpoint for S3; allowed: a gateway endpoint"] },
      "another service's": {
        stack: vpcWith("aws:ec2/vpcEndpoint:VpcEndpoint", {
          ...S3,
          serviceName: "com.amazonaws.us-east-1.dynamodb",
          routeTableIds: ["rtb"],
        }),
        says: ["network: no gateway endpoint for S3; allowed: a gateway endpoint"],
      },
      "one in no route table": {
        stack: vpcWith("aws:ec2/vpcEndpoint:VpcEndpoint", S3),
        says: ["network: an endpoint for S3 in no route table; allowed: the VPC's route tables"],
      },
    },
  },
  {
    rule: limitNatGateways,
    limits: { maxGateways: 1 },
    passes: { "what is allowed": [ruleResource("aws:ec2/natGateway:NatGateway", "network-1")] },
    fails: {
      "one more": {
        stack: ["network-1", "network-2"].map((name) => ruleResource("aws:ec2/natGateway:NatGateway", name)),
        says: [
          "network-1: one of 2 NAT gateways; allowed: at most 1",
          "network-2: one of 2 NAT gateways; allowed: at most 1",
        ],
      },
    },
  },
];

function mixed(inside: boolean) {
  const of = group(inside ? { egress: [{ protocol: "-1", fromPort: 0, toPort: 0 }] } : {});
  return [of, ruleResource(EGRESS, "out", {}, { to: { securityGroupId: of } })];
}
