import assert from "node:assert/strict";
import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { readAutoNaming } from "../../../../local/program/autoNaming";
import type { Declaration } from "../../../../local/program/declaration";
import { declare } from "../../../../local/program/declare";
import { Recording } from "../../../../local/program/recording";
import { readStackConfig } from "../../../../local/program/stackConfig";
import type { Properties } from "../../../../local/resources/value";
import { onAws } from "../../../helpers/program/declared";
import { writeProject } from "../../../helpers/program/writeProject";

const IMPORTS =
  'import * as aws from "@pulumi/aws";\nimport * as awsx from "@pulumi/awsx";\nimport * as pulumi from "@pulumi/pulumi";\n';

function evaluate(program: string) {
  const folder = writeProject(IMPORTS + program);
  const place = { accountId: "123456789012", region: "eu-west-1" };
  return declare({ stackConfig: readStackConfig(folder, "dev"), place });
}

/** Records a remote component in this process, as an evaluation does when its program's SDK registers one. */
function record(type: string, name: string, inputs: Properties): void {
  const recording = new Recording({
    place: onAws,
    proposeName: readAutoNaming({}, onAws),
    root: __dirname,
    firstPreview: false,
    onlyJudged: false,
  });
  const object = Struct.fromJavaScript(inputs as Parameters<typeof Struct.fromJavaScript>[0]);
  recording.record(
    new RegisterResourceRequest().setType(type).setName(name).setRemote(true).setObject(object),
  );
}

/** A program with a network for each strategy of NAT gateways; each is below a component with the strategy's name. */
const NETWORKS = `
  class Site extends pulumi.ComponentResource {
    readonly outputs;
    constructor(strategy) {
      super("tried:index:" + strategy, "site");
      const vpc = new awsx.ec2.Vpc("net", {
        cidrBlock: "10.0.0.0/16",
        availabilityZoneCidrMask: 18,
        numberOfAvailabilityZones: 2,
        subnetStrategy: "Auto",
        subnetSpecs: [{ type: "Private", cidrMask: 20 }, { type: "Public", cidrMask: 24 }],
        natGateways: { strategy },
        tags: { project: "tried" },
      }, { parent: this });
      const table = new aws.ec2.Route("extra", {
        routeTableId: vpc.routeTables.apply(([table]) => table.id),
        destinationCidrBlock: "192.0.2.0/24",
        gatewayId: vpc.internetGateway.id,
      }, { parent: this });
      this.outputs = {
        privateSubnetIds: vpc.privateSubnetIds,
        vpcId: vpc.vpcId,
        extra: table.routeTableId,
        none: vpc.isolatedSubnetIds,
      };
    }
  }
  for (const strategy of ["Single", "OnePerAz", "None"]) exports[strategy] = new Site(strategy).outputs;
`;

describe("an awsx.ec2.Vpc in the local cloud", () => {
  let declaration: Declaration;
  before(async () => {
    declaration = await evaluate(NETWORKS);
  });
  const network = (strategy: string) => ({
    resources: declaration.resources.filter(({ urn }) => urn.includes(`::tried:index:${strategy}$`)),
    outputs: declaration.outputs[strategy],
  });

  it("has the children that awsx makes, public subnets first in each zone, with one NAT gateway", () => {
    const { resources } = network("Single");
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

  it("sends private subnets to their zone's NAT gateway, to the one there is, or nowhere", () => {
    const targets = (strategy: string) => {
      const { resources } = network(strategy);
      const nameOf = (id: unknown) => resources.find(({ outputs }) => outputs.id === id)?.name;
      return resources
        .filter(({ type, name }) => type === "aws:ec2/route:Route" && name.startsWith("net-private"))
        .map(({ inputs }) => nameOf(inputs.natGatewayId));
    };
    assert.deepEqual(targets("OnePerAz"), ["net-1", "net-2"]);
    assert.deepEqual(targets("Single"), ["net-1", "net-1"]);
    assert.deepEqual(targets("None"), []);
  });

  it("keeps every subnet where it is, whatever the NAT gateways", () => {
    const subnets = (strategy: string) => {
      const { resources } = network(strategy);
      return resources
        .filter(({ type }) => type === "aws:ec2/subnet:Subnet")
        .map(({ name, inputs: { vpcId, ...inputs } }) => ({ name, ...inputs }));
    };
    assert.deepEqual(subnets("None"), subnets("OnePerAz"));
  });

  it("has its outputs, resources among them, which a program can refer to", () => {
    const { resources, outputs } = network("None");
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

  it("has children that depend on what they refer to", () => {
    const { resources } = network("Single");
    const route = resources.find(
      ({ type, name }) => type === "aws:ec2/route:Route" && name === "net-private-2",
    );
    const names = route?.propertyDependencies.natGatewayId?.map((urn) => urn.split("::").slice(2).join("::"));
    assert.deepEqual(names, [
      "tried:index:Single$awsx:ec2:Vpc$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet$aws:ec2/natGateway:NatGateway::net-1",
    ]);
  });

  const rejected: [string, Properties, string][] = [
    [
      "another subnet strategy",
      {},
      'awsx:ec2:Vpc "net": set `subnetStrategy: "Auto"`, the only one that is supported.',
    ],
    [
      "NAT gateways without a public subnet",
      { subnetStrategy: "Auto", subnetSpecs: [{ type: "Private" }] },
      'awsx:ec2:Vpc "net": NAT gateways (`natGateways.strategy`, OnePerAz by default) need public and private subnets.',
    ],
    [
      "an argument it does not know",
      { subnetStrategy: "Auto", ipv4IpamPoolId: "pool" },
      'awsx:ec2:Vpc "net": `ipv4IpamPoolId`: the local cloud does not serve this property: there are no IPAM pools here: set the addresses themselves',
    ],
    [
      "subnets that do not fit",
      {
        subnetStrategy: "Auto",
        cidrBlock: "10.0.0.0/24",
        subnetSpecs: [{ type: "Private", cidrMask: 25 }],
        natGateways: { strategy: "None" },
      },
      "the subnets do not fit into 10.0.0.0/24: choose a larger `cidrBlock` or `cidrMask`",
    ],
  ];
  for (const [what, inputs, message] of rejected) {
    it(`rejects ${what}`, () => {
      assert.throws(() => record("awsx:ec2:Vpc", "net", inputs), { message });
    });
  }

  it("rejects another remote component, by the error of the program that has it", async () => {
    const program =
      'new (class extends pulumi.ComponentResource { constructor() { super("other:index:Thing", "thing", {}, {}, true); } })();';
    await assert.rejects(evaluate(program), {
      message: 'The local cloud does not know the remote component other:index:Thing ("thing").',
    });
  });
});
