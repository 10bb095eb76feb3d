import type * as aws from "@pulumi/aws";
import { inert, inertTags, refused, served } from "../../../resources/treatment";
import { ec2Resource } from "../ec2Resource";
import { NO_INSTANCES, NO_IPAM, NO_IPV6 } from "../reasons";

/** A virtual private cloud. */
export const vpc = ec2Resource<typeof aws.ec2.Vpc>("aws:ec2/vpc:Vpc", {
  prefix: "vpc",
  properties: {
    assignGeneratedIpv6CidrBlock: refused(NO_IPV6),
    cidrBlock: served,
    enableDnsHostnames: inert(NO_INSTANCES),
    enableDnsSupport: inert("functions resolve names as this machine does"),
    enableNetworkAddressUsageMetrics: inert("there are no metrics of networks here"),
    instanceTenancy: inert(NO_INSTANCES),
    ipv4IpamPoolId: refused(NO_IPAM),
    ipv4NetmaskLength: refused(NO_IPAM),
    ipv6CidrBlock: refused(NO_IPV6),
    ipv6CidrBlockNetworkBorderGroup: refused(NO_IPV6),
    ipv6IpamPoolId: refused(NO_IPV6),
    ipv6NetmaskLength: refused(NO_IPV6),
    region: served,
    tags: inertTags,
  },
  replaceOn: ["cidrBlock", "instanceTenancy", "ipv4IpamPoolId", "ipv4NetmaskLength"],
  check({ cidrBlock }) {
    if (cidrBlock === undefined) throw new Error("`cidrBlock` is missing");
  },
  outputs: (inputs, { digits, arn }, { accountId }) => ({
    arn: arn("vpc"),
    assignGeneratedIpv6CidrBlock: false,
    cidrBlock: inputs.cidrBlock ?? "",
    defaultNetworkAclId: `acl-${digits}`,
    defaultRouteTableId: `rtb-${digits}`,
    defaultSecurityGroupId: `sg-${digits}`,
    dhcpOptionsId: `dopt-${digits}`,
    enableDnsHostnames: inputs.enableDnsHostnames ?? false,
    enableDnsSupport: inputs.enableDnsSupport ?? true,
    enableNetworkAddressUsageMetrics: inputs.enableNetworkAddressUsageMetrics ?? false,
    instanceTenancy: inputs.instanceTenancy ?? "default",
    ipv6AssociationId: "",
    ipv6CidrBlock: "",
    ipv6CidrBlockNetworkBorderGroup: "",
    ipv6NetmaskLength: 0,
    mainRouteTableId: `rtb-${digits}`,
    ownerId: accountId,
  }),
  async create({ outputs: { id, cidrBlock } }, network) {
    network.putVpc(id, cidrBlock);
    return undefined;
  },
  async delete({ outputs }, network) {
    network.deleteVpc(outputs.id);
  },
});
