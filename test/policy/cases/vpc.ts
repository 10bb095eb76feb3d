import path from "node:path";
import type { Declared } from "@paddock/local/program";
import type { PropertiesOf, ResourceToken } from "../../../policy/lib/resourceTypes";
import { costIdle } from "../../../policy/rules/cost/idle";
import { costNatGateway } from "../../../policy/rules/cost/natGateway";
import { costPrediction } from "../../../policy/rules/cost/prediction";
import { vpcDefaultSecurityGroup } from "../../../policy/rules/vpc/defaultSecurityGroup";
import { vpcDefaultSecurityGroupAdditions } from "../../../policy/rules/vpc/defaultSecurityGroupAdditions";
import { vpcDefaultSecurityGroupRules } from "../../../policy/rules/vpc/defaultSecurityGroupRules";
import { vpcFlowLogs } from "../../../policy/rules/vpc/flowLogs";
import { vpcInlineRules } from "../../../policy/rules/vpc/inlineRules";
import { vpcOpenEgress } from "../../../policy/rules/vpc/openEgress";
import { vpcOpenIngress } from "../../../policy/rules/vpc/openIngress";
import { vpcPrivateSubnets } from "../../../policy/rules/vpc/privateSubnets";
import { vpcPublicAddresses } from "../../../policy/rules/vpc/publicAddresses";
import { vpcS3Endpoint } from "../../../policy/rules/vpc/s3Endpoint";
import { vpcSagemakerEndpoint } from "../../../policy/rules/vpc/sagemakerEndpoint";
import { vpcSecurityGroupDescriptions } from "../../../policy/rules/vpc/securityGroupDescriptions";
import { vpcSecurityGroupUsed } from "../../../policy/rules/vpc/securityGroupUsed";
import type { RuleCases } from "../../helpers/policy/ruleCases";
import { type RuleResourceOptions, ruleResource } from "../../helpers/policy/ruleResource";

const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const FUNCTION = "aws:lambda/function:Function";

const vpc = ruleResource("aws:ec2/vpc:Vpc", "network", { cidrBlock: "10.0.0.0/16" });

const group = (inputs: Partial<PropertiesOf<"aws:ec2/securityGroup:SecurityGroup">> = {}) =>
  ruleResource("aws:ec2/securityGroup:SecurityGroup", "functions", inputs);

const ingress = (inputs: Partial<PropertiesOf<typeof INGRESS>>) => ruleResource(INGRESS, "in", inputs);
/** The older form, which most examples still use. */
const older = (type: string, port: number, range: string) =>
  ruleResource("aws:ec2/securityGroupRule:SecurityGroupRule", type, {
    ...{ type, protocol: "tcp", fromPort: port, toPort: port },
    cidrBlocks: [range],
  });
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

const SAGEMAKER = {
  serviceName: "com.amazonaws.us-east-1.sagemaker.runtime",
  vpcEndpointType: "Interface",
  privateDnsEnabled: true,
};
const NO_WAY =
  "iris: neither a NAT gateway nor an endpoint with private DNS for sagemaker.runtime; allowed: one of the two";

const S3 = { serviceName: "com.amazonaws.us-east-1.s3", vpcEndpointType: "Gateway" };

/** An endpoint for S3, and its place in a route table beside it. */
function associated() {
  const endpoint = ruleResource(
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    "s3",
    { serviceName: "com.amazonaws.us-east-1.s3" },
    { to: { vpcId: vpc } },
  );
  const type = "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation";
  return [vpc, endpoint, ruleResource(type, "private", {}, { to: { vpcEndpointId: endpoint } })];
}

export const vpcCases: readonly RuleCases[] = [
  {
    rule: vpcOpenIngress,
    passes: {
      "a security group": [group(), ingress({ referencedSecurityGroupId: "sg" })],
      "ranges of one's own": [
        ingress({ cidrIpv4: "10.0.0.0/8" }),
        ingress({ cidrIpv6: "fc00::/7" }),
        older("ingress", 22, "10.0.0.0/16"),
      ],
      "what goes out": [older("egress", 443, "0.0.0.0/0")],
    },
    fails: {
      "everyone, by a rule": {
        stack: [ingress({ cidrIpv4: "0.0.0.0/0" })],
        says: ["in: connections from 0.0.0.0/0 to any port; allowed: from security groups"],
      },
      "everyone, by a rule of the older form": {
        stack: [older("ingress", 22, "0.0.0.0/0")],
        says: ["ingress: connections from 0.0.0.0/0 to ports 22-22; allowed: from security groups"],
      },
      "everyone, in two halves, and all global addresses of IPv6": {
        stack: [
          ingress({ cidrIpv4: "0.0.0.0/1" }),
          ingress({ cidrIpv4: "128.0.0.0/1" }),
          ingress({ cidrIpv6: "2000::/3" }),
        ],
        says: ["0.0.0.0/1", "128.0.0.0/1", "2000::/3"].map(
          (range) => `in: connections from ${range} to any port; allowed: from security groups`,
        ),
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
        says: ["functions: connections from 0.0.0.0/0 to ports 22-22; allowed: from security groups"],
      },
    },
  },
  {
    rule: vpcOpenEgress,
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
      "another port, by a rule of the older form": {
        stack: [older("egress", 25, "0.0.0.0/0"), older("ingress", 25, "0.0.0.0/0")],
        says: ["egress: ports 25-25 of anywhere; allowed: ports 80, 443"],
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
    rule: vpcSecurityGroupDescriptions,
    passes: { sentences: [group({ description: "Functions" }), ingress({ description: "NFS" })] },
    fails: {
      "a group and a rule without": {
        stack: [group(), egress({ cidrIpv4: "0.0.0.0/0" })],
        says: ["functions: no description; allowed: a sentence", "out: no description; allowed: a sentence"],
      },
    },
  },
  {
    rule: vpcInlineRules,
    passes: { "rules outside": [group({ description: "Functions" }), egress({})] },
    fails: {
      "rules inside": {
        stack: [
          group({
            ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, self: true }],
            egress: [{ protocol: "-1", fromPort: 0, toPort: 0 }],
          }),
        ],
        says: ["functions: 2 rules inside it; allowed: none"],
      },
    },
  },
  {
    rule: vpcSecurityGroupUsed,
    passes: {
      "a function's": (() => {
        const of = group();
        return [of, ruleResource(FUNCTION, "iris", {}, { to: { vpcConfig: of } })];
      })(),
    },
    fails: {
      "one that only rules speak of": {
        stack: (() => {
          const of = group();
          const other = ruleResource(
            "aws:ec2/securityGroup:SecurityGroup",
            "other",
            {},
            { to: { ingress: of } },
          );
          return [
            of,
            other,
            ruleResource(EGRESS, "out", {}, { to: { securityGroupId: of } }),
            ruleResource(
              INGRESS,
              "in",
              {},
              { to: { securityGroupId: other, referencedSecurityGroupId: of } },
            ),
          ];
        })(),
        says: [
          "functions: attached to nothing; allowed: a function, target or endpoint",
          "other: attached to nothing; allowed: a function, target or endpoint",
        ],
      },
    },
  },
  {
    rule: vpcPublicAddresses,
    passes: {
      "a private subnet": [ruleResource("aws:ec2/subnet:Subnet", "a", { mapPublicIpOnLaunch: false })],
    },
    fails: {
      "a public one": {
        stack: [ruleResource("aws:ec2/subnet:Subnet", "a", { mapPublicIpOnLaunch: true })],
        says: ["a: public addresses; allowed: none"],
      },
    },
  },
  {
    rule: vpcSagemakerEndpoint,
    passes: {
      "an endpoint": asking("sagemaker:InvokeEndpoint", SAGEMAKER),
      "a NAT gateway": asking("sagemaker:InvokeEndpoint", "nat"),
      "a function that may not invoke": asking("s3:GetObject"),
      "a function without a VPC": [ruleResource(FUNCTION, "iris")],
      "a network that is not of the stack": [foreign("subnet-1")],
    },
    fails: {
      "no way": { stack: asking("sagemaker:InvokeEndpoint"), says: [NO_WAY] },
      "no way, by a wildcard and an attached policy": {
        stack: asking("sagemaker:*", undefined, "attached"),
        says: [NO_WAY],
      },
      "an endpoint without names of its own": {
        stack: asking("sagemaker:InvokeEndpoint", { ...SAGEMAKER, privateDnsEnabled: false }),
        says: [NO_WAY],
      },
      "another service's endpoint": {
        stack: asking("sagemaker:InvokeEndpoint", {
          ...SAGEMAKER,
          serviceName: "com.amazonaws.us-east-1.sagemaker.api",
        }),
        says: [NO_WAY],
      },
    },
  },
  {
    rule: vpcFlowLogs,
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
    rule: vpcDefaultSecurityGroup,
    passes: { "one of the stack": vpcWith("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", {}) },
    fails: {
      "AWS's": {
        stack: [vpc],
        says: ["network: the default security group as AWS made it; allowed: one without rules"],
      },
    },
  },
  {
    rule: vpcDefaultSecurityGroupRules,
    passes: { "no rules": [ruleResource(DEFAULT_GROUP, "network", { vpcId: "v" })] },
    fails: {
      "a rule each way": {
        stack: [
          ruleResource(DEFAULT_GROUP, "network", {
            ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }],
            egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
          }),
        ],
        says: ["network: 2 rules in it; allowed: none"],
      },
    },
  },
  {
    rule: vpcDefaultSecurityGroupAdditions,
    passes: { "a rule of another group": [vpc, ...added(group())] },
    fails: {
      "rules of the default group, by itself and by its VPC": {
        stack: [...added(ruleResource(DEFAULT_GROUP, "network")), ...added(vpc)],
        says: ["to-DefaultSecurityGroup", "to-Vpc"].map(
          (name) => `${name}: a rule of the default security group; allowed: a group of its own`,
        ),
      },
    },
  },
  {
    rule: vpcPrivateSubnets,
    passes: {
      "two zones": inSubnets({ zone: "us-east-1a" }, { zone: "us-east-1b" }),
      "a function without a VPC": [ruleResource("aws:lambda/function:Function", "iris")],
      "two subnets that are not of the stack": [foreign("subnet-1", "subnet-2")],
    },
    fails: {
      "one subnet that is not of the stack": {
        stack: [foreign("subnet-1")],
        says: ["(warning) iris: 1 subnets; allowed: at least 2"],
      },
      "one zone": {
        stack: inSubnets({ zone: "us-east-1a" }, { zone: "us-east-1a" }),
        says: ["(warning) iris: subnets of the stack in 1 zones; allowed: at least 2"],
      },
      "a public subnet": {
        stack: inSubnets({ zone: "us-east-1a", isPublic: true }, { zone: "us-east-1b" }),
        says: ["iris: subnet subnet-0 gives public addresses; allowed: private subnets"],
      },
      "a subnet with a route to an internet gateway": {
        stack: routed("aws:ec2/internetGateway:InternetGateway", "gatewayId"),
        says: [
          "iris: subnet a has a route to an internet gateway; allowed: private subnets",
          "(warning) iris: subnets of the stack in 1 zones; allowed: at least 2",
        ],
      },
      "nothing but one zone in a subnet behind a NAT gateway": {
        stack: routed("aws:ec2/natGateway:NatGateway", "natGatewayId"),
        says: ["(warning) iris: subnets of the stack in 1 zones; allowed: at least 2"],
      },
    },
  },
  {
    rule: vpcS3Endpoint,
    passes: {
      "an endpoint whose route tables are resources of their own": associated(),
      "a gateway endpoint": vpcWith("aws:ec2/vpcEndpoint:VpcEndpoint", { ...S3, routeTableIds: ["rtb"] }),
      "one in route tables that have no ids yet": (() => {
        const table = ruleResource("aws:ec2/routeTable:RouteTable", "a");
        const to = { vpcId: vpc, routeTableIds: table };
        return [vpc, table, ruleResource("aws:ec2/vpcEndpoint:VpcEndpoint", "s3", S3, { to })];
      })(),
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
    rule: costPrediction,
    root: path.resolve(__dirname, "../../fixtures/durations"),
    limits: { maxDollars: 0.22 },
    passes: {
      // 1 ms of 1 GB: 0.0133334 USD, and 0.20 for the requests.
      "an endpoint with little memory, and a function that is none": [
        ruleResource(FUNCTION, "iris", { memorySize: 1024, architectures: ["arm64"] }),
        ruleResource(FUNCTION, "model-sync", { memorySize: 3008 }),
      ],
    },
    fails: {
      // 1 ms of 2.9375 GB: 0.0489584 USD, and 0.20 for the requests.
      "the same endpoint with more memory than it needs": {
        stack: [ruleResource(FUNCTION, "iris", { memorySize: 3008, architectures: ["x86_64"] })],
        says: [
          "iris: 0.25 USD for a million predictions (1 ms at 3008 MB, prices of 2026-11-28); allowed: at most 0.22 USD",
        ],
      },
    },
  },
  {
    rule: costIdle,
    passes: {
      "one NAT gateway with its address": [
        ruleResource("aws:ec2/natGateway:NatGateway", "a"),
        ruleResource("aws:ec2/eip:Eip", "a"),
      ],
    },
    fails: {
      // 4 x 0.045 USD x 730 hours = 131.40 USD, and 4 x 0.005 USD x 730 hours = 14.60 USD, and a dashboard and a key.
      "one a zone in four zones, with a dashboard and two keys": {
        stack: [
          ...["a", "b", "c", "d"].flatMap((zone) => [
            ruleResource("aws:ec2/natGateway:NatGateway", zone, {}),
            ruleResource("aws:ec2/eip:Eip", zone, {}),
          ]),
          ruleResource("aws:cloudwatch/dashboard:Dashboard", "dashboard", {}),
          ruleResource("aws:kms/key:Key", "first", {}),
          ruleResource("aws:kms/key:Key", "second", {}),
        ],
        says: [
          "a: 151.00 USD a month without traffic (prices of 2026-11-28), 32.85 of them for this NAT gateway; allowed: at most 150 USD",
        ],
      },
    },
  },
  {
    rule: costNatGateway,
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

/** A rule added to a security group. */
function added(group: Declared): Declared[] {
  return [
    group,
    ruleResource(INGRESS, `to-${group.type.split(":").at(-1)}`, {}, { to: { securityGroupId: group } }),
  ];
}

/** A function in subnets of another stack. */
function foreign(...subnetIds: string[]) {
  return ruleResource(FUNCTION, "iris", { vpcConfig: { subnetIds, securityGroupIds: [] } });
}

/** A function in a subnet whose route table, a resource of its own, has a route to a gateway. */
function routed(type: ResourceToken, property: string, fn: RuleResourceOptions["to"] = {}) {
  const subnet = ruleResource(
    "aws:ec2/subnet:Subnet",
    "a",
    { availabilityZone: "us-east-1a" },
    { to: { vpcId: vpc } },
  );
  const gateway = ruleResource(type, "out");
  const table = ruleResource("aws:ec2/routeTable:RouteTable", "a");
  const to = { to: { subnetId: subnet, routeTableId: table } };
  const vpcConfig = { subnetIds: ["a"], securityGroupIds: [] };
  return [
    vpc,
    subnet,
    gateway,
    table,
    ruleResource("aws:ec2/routeTableAssociation:RouteTableAssociation", "a", {}, to),
    ruleResource("aws:ec2/route:Route", "a", {}, { to: { routeTableId: table, [property]: gateway } }),
    ruleResource(FUNCTION, "iris", { vpcConfig }, { to: { vpcConfig: subnet, ...fn } }),
  ];
}

/** A function in a VPC whose role allows an action, with a way out of the VPC. */
function asking(
  action: string,
  way?: "nat" | Partial<PropertiesOf<"aws:ec2/vpcEndpoint:VpcEndpoint">>,
  by: "own" | "attached" = "own",
) {
  const role = ruleResource("aws:iam/role:Role", "iris");
  const statement = { Effect: "Allow", Action: [action], Resource: ["arn"] };
  const policy = { policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) };
  const managed = ruleResource("aws:iam/policy:Policy", "iris", policy);
  const rights =
    by === "own"
      ? [ruleResource("aws:iam/rolePolicy:RolePolicy", "iris", policy, { to: { role } })]
      : [
          managed,
          ruleResource(
            "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            "iris",
            {},
            { to: { role, policyArn: managed } },
          ),
        ];
  const network =
    way === "nat"
      ? routed("aws:ec2/natGateway:NatGateway", "natGatewayId", { role })
      : routed(
          "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway" as never,
          "egressOnlyGatewayId",
          {
            role,
          },
        );
  const endpoint =
    way === undefined || way === "nat"
      ? []
      : [ruleResource("aws:ec2/vpcEndpoint:VpcEndpoint", "sagemaker", way, { to: { vpcId: vpc } })];
  return [role, ...rights, ...network, ...endpoint];
}
