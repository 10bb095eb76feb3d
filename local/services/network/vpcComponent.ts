import type * as awsx from "@pulumi/awsx";
import type { Declared } from "../../resources/declared";
import { type DeclareChild, defineComponent } from "../../resources/remoteComponent";
import { nested, refused, required, served } from "../../resources/treatment";
import { known, type Properties, type Unknown, type Value } from "../../resources/value";
import { availabilityZones } from "./availabilityZones";
import { cidr } from "./cidr";
import { layOutSubnets, type SubnetPlace, type SubnetSpec } from "./layOutSubnets";
import { NO_IPAM, NO_IPV6 } from "./reasons";

/** The children of one `awsx.ec2.Vpc`, by kind, in the order they are made in. */
interface Children {
  readonly subnets: { readonly type: SubnetSpec["type"]; readonly subnet: Declared }[];
  readonly routeTables: Declared[];
  readonly routeTableAssociations: Declared[];
  readonly routes: Declared[];
  readonly eips: Declared[];
  readonly natGateways: Declared[];
}

/** A VPC with its subnets, route tables and gateways, as awsx makes them (subnet strategy `Auto`). */
export const vpcComponent = defineComponent<typeof awsx.ec2.Vpc>("awsx:ec2:Vpc", {
  properties: {
    assignGeneratedIpv6CidrBlock: refused(NO_IPV6),
    availabilityZoneCidrMask: served,
    availabilityZoneNames: served,
    cidrBlock: served,
    enableDnsHostnames: served,
    enableDnsSupport: served,
    enableNetworkAddressUsageMetrics: served,
    instanceTenancy: served,
    ipv4IpamPoolId: refused(NO_IPAM),
    ipv4NetmaskLength: refused(NO_IPAM),
    ipv6CidrBlock: refused(NO_IPV6),
    ipv6CidrBlockNetworkBorderGroup: refused(NO_IPV6),
    ipv6IpamPoolId: refused(NO_IPV6),
    ipv6NetmaskLength: refused(NO_IPV6),
    natGateways: nested({
      elasticIpAllocationIds: refused("each NAT gateway gets an address of its own"),
      strategy: required,
    }),
    numberOfAvailabilityZones: served,
    region: served,
    subnetNameTagStrategy: refused("every subnet's `Name` is its logical name"),
    subnetSpecs: nested({
      assignIpv6AddressOnCreation: refused(NO_IPV6),
      cidrBlocks: refused("subnets are laid out by `cidrMask`"),
      cidrMask: served,
      name: served,
      size: refused("subnets are laid out by `cidrMask`"),
      tags: served,
      type: required,
    }),
    subnetStrategy: served,
    tags: served,
    vpcEndpointSpecs: refused("awsx attaches them to no route table: declare an `aws.ec2.VpcEndpoint`"),
    vpcEndpointStrategy: refused("awsx attaches them to no route table: declare an `aws.ec2.VpcEndpoint`"),
  },
  expand(inputs, name, place, declare) {
    if (inputs.subnetStrategy !== "Auto") {
      throw new Error(
        `awsx:ec2:Vpc "${name}": set \`subnetStrategy: "Auto"\`, the only one that is supported.`,
      );
    }
    const specs = (inputs.subnetSpecs ?? [{ type: "Private" }, { type: "Public" }]) as SubnetSpec[];
    const strategy = known(known(inputs.natGateways)?.strategy) ?? "OnePerAz";
    const has = (type: string) => specs.some((spec) => spec.type === type);
    if (strategy !== "None" && !(has("Public") && has("Private"))) {
      throw new Error(
        `awsx:ec2:Vpc "${name}": NAT gateways (\`natGateways.strategy\`, OnePerAz by default) need public and private subnets.`,
      );
    }
    const {
      enableDnsHostnames,
      enableDnsSupport,
      enableNetworkAddressUsageMetrics,
      instanceTenancy,
      region,
    } = inputs;
    const zones = zonesOf(
      known(inputs.availabilityZoneNames),
      known(inputs.numberOfAvailabilityZones),
      known(region) ?? place.region,
    );
    const cidrBlock = known(inputs.cidrBlock) ?? "10.0.0.0/16";
    const tags = { Name: name, ...known(inputs.tags) };
    const own = {
      enableDnsHostnames,
      enableDnsSupport,
      enableNetworkAddressUsageMetrics,
      instanceTenancy,
      region,
    };
    const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
    const vpc = declare("aws:ec2/vpc:Vpc", name, { ...given, cidrBlock, tags });
    const gateway = declare(
      "aws:ec2/internetGateway:InternetGateway",
      name,
      { vpcId: vpc.outputs.id, tags },
      vpc,
    );

    const mask = known(inputs.availabilityZoneCidrMask);
    const places = layOutSubnets(cidr.parse(cidrBlock), specs, zones.length, mask);
    const children: Children = {
      subnets: [],
      routeTables: [],
      routeTableAssociations: [],
      routes: [],
      eips: [],
      natGateways: [],
    };
    // Public ones first in each zone: the private ones' routes go to their NAT gateways.
    const ordered = [...places].sort((a, b) => a.zone - b.zone || rank(a) - rank(b));
    for (const subnetPlace of ordered) {
      if (subnetPlace.spec.type === "Unused") continue;
      declareSubnet({ name, vpc, gateway, zones, strategy, tags, children, declare }, subnetPlace);
    }
    return outputsOf(vpc, gateway, children, specs);
  },
});

function zonesOf(
  named: readonly (string | Unknown)[] | undefined,
  count: number | undefined = 3,
  region: string,
): readonly Value[] {
  if (named) return named;
  const zones = availabilityZones(region).map(({ name }) => name);
  if (zones.length < count) throw new Error(`the region ${region} has no ${count} availability zones`);
  return zones.slice(0, count);
}

function rank({ spec }: SubnetPlace): number {
  return spec.type === "Public" ? 0 : 1;
}

interface VpcPlan {
  readonly name: string;
  readonly vpc: Declared;
  readonly gateway: Declared;
  readonly zones: readonly Value[];
  readonly strategy: string;
  readonly tags: Properties;
  readonly children: Children;
  readonly declare: DeclareChild;
}

/** A subnet with its route table, and where it is a public one the NAT gateway in it. */
function declareSubnet(plan: VpcPlan, { spec, zone, block }: SubnetPlace): void {
  const { vpc, gateway, zones, strategy, children, declare } = plan;
  const name = `${plan.name}-${spec.name ?? spec.type.toLowerCase()}-${zone + 1}`;
  const vpcId = vpc.outputs.id;
  const tags = { ...plan.tags, ...spec.tags, Name: name, SubnetType: spec.type };
  const subnet = declare(
    "aws:ec2/subnet:Subnet",
    name,
    {
      vpcId,
      availabilityZone: zones[zone],
      mapPublicIpOnLaunch: spec.type === "Public",
      cidrBlock: cidr.format(block),
      tags,
    },
    vpc,
  );
  children.subnets.push({ type: spec.type, subnet });
  const routeTable = declare("aws:ec2/routeTable:RouteTable", name, { vpcId, tags }, subnet);
  children.routeTables.push(routeTable);
  const routeTableId = routeTable.outputs.id;
  children.routeTableAssociations.push(
    declare(
      "aws:ec2/routeTableAssociation:RouteTableAssociation",
      name,
      { routeTableId, subnetId: subnet.outputs.id },
      routeTable,
    ),
  );
  const route = (target: Properties) =>
    children.routes.push(
      declare(
        "aws:ec2/route:Route",
        name,
        { routeTableId, destinationCidrBlock: "0.0.0.0/0", ...target },
        routeTable,
      ),
    );
  if (spec.type === "Public") {
    const first = children.natGateways.length === 0;
    if (strategy === "OnePerAz" || (strategy === "Single" && first)) declareNatGateway(plan, zone, subnet);
    route({ gatewayId: gateway.outputs.id });
  }
  if (spec.type === "Private" && strategy !== "None") {
    route({ natGatewayId: children.natGateways[strategy === "Single" ? 0 : zone]?.outputs.id });
  }
}

function declareNatGateway(plan: VpcPlan, zone: number, subnet: Declared): void {
  const { children, declare } = plan;
  const name = `${plan.name}-${zone + 1}`;
  const tags = { ...plan.tags, Name: name };
  const eip = declare("aws:ec2/eip:Eip", name, { domain: "vpc", tags }, subnet);
  children.eips.push(eip);
  children.natGateways.push(
    declare(
      "aws:ec2/natGateway:NatGateway",
      name,
      { subnetId: subnet.outputs.id, allocationId: eip.outputs.allocationId, tags },
      subnet,
    ),
  );
}

function outputsOf(
  vpc: Declared,
  internetGateway: Declared,
  { subnets, ...others }: Children,
  specs: readonly SubnetSpec[],
) {
  const of = (type: string) => subnets.filter((entry) => entry.type === type).map(({ subnet }) => subnet);
  const ids = (resources: Declared[]) => resources.map(({ outputs }) => outputs.id);
  const [publicSubnets, privateSubnets, isolatedSubnets] = [of("Public"), of("Private"), of("Isolated")];
  return {
    ...others,
    vpc,
    vpcId: vpc.outputs.id,
    internetGateway,
    subnets: subnets.map(({ subnet }) => subnet),
    publicSubnets,
    privateSubnets,
    isolatedSubnets,
    publicSubnetIds: ids(publicSubnets),
    privateSubnetIds: ids(privateSubnets),
    isolatedSubnetIds: ids(isolatedSubnets),
    subnetLayout: specs.map((spec) => ({
      ...spec,
      ...(spec.cidrMask !== undefined && { size: cidr.size(spec.cidrMask) }),
    })),
    vpcEndpoints: [],
  };
}
