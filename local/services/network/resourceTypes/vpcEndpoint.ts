import type * as aws from "@pulumi/aws";
import { inert, inertTags, refused, required, served } from "../../../resources/treatment";
import { ec2Resource } from "../ec2Resource";
import { NO_FILTER, NO_LATTICE, NO_ROUTES } from "../reasons";
/** S3's managed prefix list in us-east-1; nothing here looks at its addresses. */
export const S3_PREFIX_LIST = "pl-63a5400a";

/** A way from a VPC to a service of AWS that does not lead over the internet. */
export const vpcEndpoint = ec2Resource<typeof aws.ec2.VpcEndpoint>("aws:ec2/vpcEndpoint:VpcEndpoint", {
  prefix: "vpce",
  properties: {
    autoAccept: inert("there are no endpoint services of other accounts here"),
    dnsOptions: inert("functions resolve names as this machine does"),
    ipAddressType: inert(NO_ROUTES),
    policy: inert("requests reach the local services without an endpoint, so its policy is not asked"),
    privateDnsEnabled: inert("functions resolve names as this machine does"),
    region: served,
    resourceConfigurationArn: refused(NO_LATTICE),
    routeTableIds: inert(NO_ROUTES),
    securityGroupIds: inert(NO_FILTER),
    serviceName: served,
    serviceNetworkArn: refused(NO_LATTICE),
    serviceRegion: served,
    subnetConfigurations: inert(NO_ROUTES),
    subnetIds: inert(NO_ROUTES),
    tags: inertTags,
    vpcEndpointType: served,
    vpcId: required,
  },
  replaceOn: [
    "resourceConfigurationArn",
    "serviceName",
    "serviceNetworkArn",
    "serviceRegion",
    "vpcEndpointType",
    "vpcId",
  ],
  check({ serviceName, vpcEndpointType = "Gateway", routeTableIds, subnetIds, securityGroupIds }) {
    if (serviceName === undefined) throw new Error("`serviceName` is missing");
    if (vpcEndpointType === "Gateway" && (subnetIds !== undefined || securityGroupIds !== undefined)) {
      throw new Error(
        "an endpoint of type Gateway takes `routeTableIds`, neither `subnetIds` nor `securityGroupIds`",
      );
    }
    if (vpcEndpointType !== "Gateway" && routeTableIds !== undefined) {
      throw new Error("`routeTableIds` are for endpoints of type Gateway only");
    }
  },
  outputs: (inputs, { arn }, { accountId, region }) => ({
    arn: arn("vpc-endpoint"),
    cidrBlocks: [],
    dnsEntries: [],
    dnsOptions: inputs.dnsOptions ?? {
      dnsRecordIpType: "ipv4",
      privateDnsPreference: "",
      privateDnsSpecifiedDomains: [],
    },
    ipAddressType: inputs.ipAddressType ?? "ipv4",
    networkInterfaceIds: [],
    ownerId: accountId,
    policy: inputs.policy ?? "",
    prefixListId: S3_PREFIX_LIST,
    privateDnsEnabled: inputs.privateDnsEnabled ?? false,
    requesterManaged: false,
    routeTableIds: inputs.routeTableIds ?? [],
    securityGroupIds: inputs.securityGroupIds ?? [],
    serviceRegion: inputs.serviceRegion ?? region,
    state: "available",
    subnetConfigurations: inputs.subnetConfigurations ?? [],
    subnetIds: inputs.subnetIds ?? [],
    vpcEndpointType: inputs.vpcEndpointType ?? "Gateway",
  }),
});
