import { securityGroupRule } from "../securityGroupRule";

/** Who may connect to what is in the group. */
export const securityGroupIngressRule = securityGroupRule(
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
);
