import { ec2Resource } from "../ec2Resource";

/** Which route table a subnet, or a gateway, uses. */
export const routeTableAssociation = ec2Resource({
  type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  prefix: "rtbassoc",
  inputs: ["gatewayId", "routeTableId", "subnetId"],
  replaceOn: ["gatewayId", "subnetId"],
});
