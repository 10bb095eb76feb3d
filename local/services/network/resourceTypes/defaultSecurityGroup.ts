import { ec2Resource } from "../ec2Resource";

/** The security group that every VPC comes with, taken over: rules that are not declared are gone. */
export const defaultSecurityGroup = ec2Resource({
  type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  prefix: "sg",
  arn: "security-group",
  inputs: ["egress", "ingress", "revokeRulesOnDelete", "tags", "vpcId"],
  replaceOn: ["vpcId"],
  defaults: {
    description: "default VPC security group",
    egress: [],
    ingress: [],
    name: "default",
    namePrefix: "",
    revokeRulesOnDelete: false,
  },
});
