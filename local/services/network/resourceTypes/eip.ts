import { ec2Resource } from "../ec2Resource";

/** A fixed public address; none is taken here, and the one it shows is of those reserved for documentation. */
export const eip = ec2Resource({
  type: "aws:ec2/eip:Eip",
  prefix: "eipalloc",
  arn: "elastic-ip",
  inputs: [
    "address",
    "associateWithPrivateIp",
    "customerOwnedIpv4Pool",
    "domain",
    "instance",
    "ipamPoolId",
    "networkBorderGroup",
    "networkInterface",
    "publicIpv4Pool",
    "tags",
  ],
  replaceOn: [
    "address",
    "customerOwnedIpv4Pool",
    "domain",
    "ipamPoolId",
    "networkBorderGroup",
    "publicIpv4Pool",
  ],
  defaults: {
    associationId: "",
    carrierIp: "",
    customerOwnedIp: "",
    domain: "vpc",
    instance: "",
    networkInterface: "",
    privateDns: "",
    privateIp: "",
    ptrRecord: "",
    publicDns: "ec2-192-0-2-1.compute-1.amazonaws.com",
    publicIp: "192.0.2.1",
    publicIpv4Pool: "amazon",
  },
  adds: (_inputs, id, { region }) => ({ allocationId: id, networkBorderGroup: region }),
});
