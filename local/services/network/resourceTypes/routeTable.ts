import { ec2Resource } from "../ec2Resource";

/** Where the addresses of a subnet's packets lead. */
export const routeTable = ec2Resource({
  type: "aws:ec2/routeTable:RouteTable",
  prefix: "rtb",
  arn: "route-table",
  inputs: ["propagatingVgws", "routes", "tags", "vpcId"],
  replaceOn: ["vpcId"],
  defaults: { propagatingVgws: [], routes: [] },
});
