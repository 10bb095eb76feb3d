import { securityGroupRule } from "../securityGroupRule";

/** What those in the group may connect to. */
export const securityGroupEgressRule = securityGroupRule(
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
);
