import type { Stack, StackResource } from "./stack";

type Subnet = StackResource<"aws:ec2/subnet:Subnet">;
type MountTarget = StackResource<"aws:efs/mountTarget:MountTarget">;

const SUBNET = "aws:ec2/subnet:Subnet";
const INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway";

/** The subnets of the stack that a function or a mount target is in. */
export function linkedSubnets(
  resource: StackResource<"aws:lambda/function:Function"> | MountTarget,
  stack: Stack,
): Subnet[] {
  return resource.type === "aws:efs/mountTarget:MountTarget"
    ? stack.linked(resource, SUBNET, "subnetId", () => resource.props.subnetId)
    : stack.linked(resource, SUBNET, "vpcConfig", () => resource.props.vpcConfig?.subnetIds);
}

/** The subnets of the stack in which a file system has mount targets. */
export function targetSubnets(
  fileSystem: StackResource<"aws:efs/fileSystem:FileSystem">,
  stack: Stack,
): Subnet[] {
  return stack
    .referring(fileSystem, "aws:efs/mountTarget:MountTarget", "fileSystemId")
    .flatMap((target) => linkedSubnets(target, stack));
}

/** The VPC of a subnet: its URN where it is of the stack, else its id. */
export function vpcOf(subnet: Subnet, stack: Stack): string {
  const [vpc] = stack.references(subnet, "aws:ec2/vpc:Vpc", "vpcId");
  return vpc?.urn ?? subnet.props.vpcId;
}

/** Says why a subnet is public; `undefined` for a private one. */
export function publicBecause(subnet: Subnet, stack: Stack): string | undefined {
  const routed = routeTables(subnet, stack).some(
    (table) =>
      stack.references(table, INTERNET_GATEWAY, "routes").length > 0 ||
      stack
        .referring(table, "aws:ec2/route:Route", "routeTableId")
        .some((route) => stack.references(route, INTERNET_GATEWAY, "gatewayId").length > 0),
  );
  const byMain =
    stack.referring(subnet, "aws:ec2/routeTableAssociation:RouteTableAssociation", "subnetId").length === 0 &&
    stack
      .references(subnet, "aws:ec2/vpc:Vpc", "vpcId")
      .flatMap((vpc) => stack.referring(vpc, "aws:ec2/route:Route", "routeTableId"))
      .some((route) => stack.references(route, INTERNET_GATEWAY, "gatewayId").length > 0);
  if (routed || byMain) return "has a route to an internet gateway";
  return subnet.props.mapPublicIpOnLaunch ? "gives public addresses" : undefined;
}

/** Whether what is in a subnet reaches the internet through a NAT gateway. */
export function hasNat(subnet: Subnet, stack: Stack): boolean {
  return routeTables(subnet, stack).some(
    (table) =>
      stack.references(table, "aws:ec2/natGateway:NatGateway", "routes").length > 0 ||
      stack
        .referring(table, "aws:ec2/route:Route", "routeTableId")
        .some((route) => stack.references(route, "aws:ec2/natGateway:NatGateway", "natGatewayId").length > 0),
  );
}

/** A subnet without one of its own is in the VPC's main table: AWS's, unless the stack replaces or changes it. */
function routeTables(subnet: Subnet, stack: Stack): Start[] {
  const own = stack
    .referring(subnet, "aws:ec2/routeTableAssociation:RouteTableAssociation", "subnetId")
    .flatMap((association) => stack.references(association, "aws:ec2/routeTable:RouteTable", "routeTableId"));
  if (own.length > 0) return own;
  return stack
    .references(subnet, "aws:ec2/vpc:Vpc", "vpcId")
    .flatMap((vpc) => [
      ...stack
        .referring(vpc, "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", "vpcId")
        .flatMap((association) =>
          stack.references(association, "aws:ec2/routeTable:RouteTable", "routeTableId"),
        ),
      ...stack.referring(vpc, "aws:ec2/defaultRouteTable:DefaultRouteTable", "defaultRouteTableId"),
    ]);
}

type Start = StackResource<"aws:ec2/routeTable:RouteTable" | "aws:ec2/defaultRouteTable:DefaultRouteTable">;
