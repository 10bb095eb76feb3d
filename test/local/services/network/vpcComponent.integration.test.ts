import assert from "node:assert/strict";
import type { Declaration } from "../../../../local/program/declaration";
import { declare } from "../../../../local/program/declare";
import { readStackConfig } from "../../../../local/program/stackConfig";
import { writeProject } from "../../../helpers/program/writeProject";

const IMPORTS =
  'import * as aws from "@pulumi/aws";\nimport * as awsx from "@pulumi/awsx";\nimport * as pulumi from "@pulumi/pulumi";\n';

function evaluate(program: string) {
  const folder = writeProject(IMPORTS + program);
  const place = { accountId: "123456789012", region: "eu-west-1" };
  return declare({ stackConfig: readStackConfig(folder, "dev"), place });
}

const networks = new Map<string, Promise<Declaration>>();

/** A program's network with NAT gateways of a strategy; each is evaluated once. */
function network(strategy: string): Promise<Declaration> {
  const known = networks.get(strategy) ?? evaluate(networkProgram(strategy));
  networks.set(strategy, known);
  return known;
}

function networkProgram(strategy: string): string {
  return `
    const vpc = new awsx.ec2.Vpc("net", {
      cidrBlock: "10.0.0.0/16",
      availabilityZoneCidrMask: 18,
      numberOfAvailabilityZones: 2,
      subnetStrategy: "Auto",
      subnetSpecs: [{ type: "Private", cidrMask: 20 }, { type: "Public", cidrMask: 24 }],
      natGateways: { strategy: "${strategy}" },
      tags: { project: "tried" },
    });
    const table = new aws.ec2.Route("extra", {
      routeTableId: vpc.routeTables.apply(([table]) => table.id),
      destinationCidrBlock: "192.0.2.0/24",
      gatewayId: vpc.internetGateway.id,
    });
    export const privateSubnetIds = vpc.privateSubnetIds;
    export const vpcId = vpc.vpcId;
    export const extra = table.routeTableId;
    export const none = vpc.isolatedSubnetIds;
  `;
}

describe("an awsx.ec2.Vpc in the local cloud", () => {
  it("has the children that awsx makes, public subnets first in each zone, with one NAT gateway", async () => {
    const { resources } = await network("Single");
    const made = resources
      .filter(({ type }) => type.startsWith("aws:ec2/"))
      .map(({ type, name, inputs }) => {
        const { cidrBlock, availabilityZone, destinationCidrBlock } = inputs;
        const kind = type.split(":").at(-1);
        return [kind, name, cidrBlock ?? destinationCidrBlock, availabilityZone].filter(Boolean).join(" ");
      });
    assert.deepEqual(made, [
      "Vpc net 10.0.0.0/16",
      "InternetGateway net",
      "Subnet net-public-1 10.0.16.0/24 eu-west-1a",
      "RouteTable net-public-1",
      "RouteTableAssociation net-public-1",
      "Eip net-1",
      "NatGateway net-1",
      "Route net-public-1 0.0.0.0/0",
      "Subnet net-private-1 10.0.0.0/20 eu-west-1a",
      "RouteTable net-private-1",
      "RouteTableAssociation net-private-1",
      "Route net-private-1 0.0.0.0/0",
      "Subnet net-public-2 10.0.80.0/24 eu-west-1b",
      "RouteTable net-public-2",
      "RouteTableAssociation net-public-2",
      "Route net-public-2 0.0.0.0/0",
      "Subnet net-private-2 10.0.64.0/20 eu-west-1b",
      "RouteTable net-private-2",
      "RouteTableAssociation net-private-2",
      "Route net-private-2 0.0.0.0/0",
      "Route extra 192.0.2.0/24",
    ]);
  });

  it("sends private subnets to their zone's NAT gateway, to the one there is, or nowhere", async () => {
    const targets = async (strategy: string) => {
      const { resources } = await network(strategy);
      const nameOf = (id: unknown) => resources.find(({ outputs }) => outputs.id === id)?.name;
      return resources
        .filter(({ type, name }) => type === "aws:ec2/route:Route" && name.startsWith("net-private"))
        .map(({ inputs }) => nameOf(inputs.natGatewayId));
    };
    assert.deepEqual(await targets("OnePerAz"), ["net-1", "net-2"]);
    assert.deepEqual(await targets("Single"), ["net-1", "net-1"]);
    assert.deepEqual(await targets("None"), []);
  });

  it("keeps every subnet where it is, whatever the NAT gateways", async () => {
    const subnets = async (strategy: string) => {
      const { resources } = await network(strategy);
      return resources.filter(({ type }) => type === "aws:ec2/subnet:Subnet").map(({ inputs }) => inputs);
    };
    assert.deepEqual(await subnets("None"), await subnets("OnePerAz"));
  });

  it("has its outputs, resources among them, which a program can refer to", async () => {
    const { resources, outputs } = await network("None");
    const idOf = (type: string, name: string) =>
      resources.find((resource) => resource.type === type && resource.name === name)?.outputs.id;
    assert.deepEqual(outputs, {
      privateSubnetIds: [
        idOf("aws:ec2/subnet:Subnet", "net-private-1"),
        idOf("aws:ec2/subnet:Subnet", "net-private-2"),
      ],
      vpcId: idOf("aws:ec2/vpc:Vpc", "net"),
      extra: idOf("aws:ec2/routeTable:RouteTable", "net-public-1"),
      none: [],
    });
  });

  it("has children that depend on what they refer to", async () => {
    const { resources } = await network("Single");
    const route = resources.find(
      ({ type, name }) => type === "aws:ec2/route:Route" && name === "net-private-2",
    );
    const names = route?.propertyDependencies.natGatewayId?.map((urn) => urn.split("::").slice(2).join("::"));
    assert.deepEqual(names, [
      "awsx:ec2:Vpc$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet$aws:ec2/natGateway:NatGateway::net-1",
    ]);
  });

  const rejected: [string, string, string][] = [
    [
      "another subnet strategy",
      'new awsx.ec2.Vpc("net", {});',
      'awsx:ec2:Vpc "net": set `subnetStrategy: "Auto"`, the only one that is supported.',
    ],
    [
      "NAT gateways without a public subnet",
      'new awsx.ec2.Vpc("net", { subnetStrategy: "Auto", subnetSpecs: [{ type: "Private" }] });',
      'awsx:ec2:Vpc "net": NAT gateways (`natGateways.strategy`, OnePerAz by default) need public and private subnets.',
    ],
    [
      "an argument it does not know",
      'new awsx.ec2.Vpc("net", { subnetStrategy: "Auto", ipv4IpamPoolId: "pool" });',
      'awsx:ec2:Vpc "net": `ipv4IpamPoolId`: the local cloud does not serve this property: there are no IPAM pools here: set the addresses themselves',
    ],
    [
      "subnets that do not fit",
      'new awsx.ec2.Vpc("net", { subnetStrategy: "Auto", cidrBlock: "10.0.0.0/24", subnetSpecs: [{ type: "Private", cidrMask: 25 }], natGateways: { strategy: "None" } });',
      "the subnets do not fit into 10.0.0.0/24: choose a larger `cidrBlock` or `cidrMask`",
    ],
    [
      "another remote component",
      'new (class extends pulumi.ComponentResource { constructor() { super("other:index:Thing", "thing", {}, {}, true); } })();',
      'The local cloud does not know the remote component other:index:Thing ("thing").',
    ],
  ];
  for (const [what, program, message] of rejected) {
    it(`rejects ${what}`, async () => {
      await assert.rejects(evaluate(program), { message });
    });
  }
});
