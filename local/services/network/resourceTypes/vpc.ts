import { read } from "../../../resources/read";
import { ec2Resource } from "../ec2Resource";

/** A virtual private cloud. */
export const vpc = ec2Resource({
  type: "aws:ec2/vpc:Vpc",
  prefix: "vpc",
  arn: "vpc",
  inputs: [
    "assignGeneratedIpv6CidrBlock",
    "cidrBlock",
    "enableDnsHostnames",
    "enableDnsSupport",
    "enableNetworkAddressUsageMetrics",
    "instanceTenancy",
    "ipv4IpamPoolId",
    "ipv4NetmaskLength",
    "ipv6CidrBlock",
    "ipv6CidrBlockNetworkBorderGroup",
    "ipv6IpamPoolId",
    "ipv6NetmaskLength",
    "tags",
  ],
  replaceOn: ["cidrBlock", "instanceTenancy", "ipv4IpamPoolId", "ipv4NetmaskLength"],
  defaults: {
    assignGeneratedIpv6CidrBlock: false,
    enableDnsHostnames: false,
    enableDnsSupport: true,
    enableNetworkAddressUsageMetrics: false,
    instanceTenancy: "default",
    ipv6AssociationId: "",
    ipv6CidrBlock: "",
    ipv6CidrBlockNetworkBorderGroup: "",
    ipv6NetmaskLength: 0,
  },
  adds(_inputs, id) {
    const own = id.slice("vpc-".length);
    return {
      defaultNetworkAclId: `acl-${own}`,
      defaultRouteTableId: `rtb-${own}`,
      defaultSecurityGroupId: `sg-${own}`,
      dhcpOptionsId: `dopt-${own}`,
      mainRouteTableId: `rtb-${own}`,
    };
  },
  async create({ outputs }, { network }) {
    network.putVpc(read.required(outputs, "id"), read.required(outputs, "cidrBlock"));
    return undefined;
  },
  async delete({ outputs }, { network }) {
    network.deleteVpc(read.required(outputs, "id"));
  },
});
