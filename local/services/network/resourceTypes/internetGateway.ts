import { ec2Resource } from "../ec2Resource";

/** A VPC's door to the internet, for addresses that are public. */
export const internetGateway = ec2Resource({
  type: "aws:ec2/internetGateway:InternetGateway",
  prefix: "igw",
  arn: "internet-gateway",
  inputs: ["tags", "vpcId"],
  replaceOn: [],
});
