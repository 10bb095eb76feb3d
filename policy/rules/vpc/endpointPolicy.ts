import { resourceRule } from "../../lib/rule";
import { allowedBy } from "../../lib/statements";

export const vpcEndpointPolicy = resourceRule({
  name: "vpc-endpoint-policy",
  title: "An endpoint's policy says what may go through it",
  why: "A policy of `*` lets a function that is taken over copy what it reads into anyone's bucket.",
  cure: "Name the actions and resources, or give a condition on `aws:ResourceOrgID` or `aws:ResourceAccount`.",
  severity: "low",
  tier: "advice",
  url: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
  types: ["aws:ec2/vpcEndpoint:VpcEndpoint", "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy"],
  check({ props: { policy } }) {
    return allowedBy(policy)
      .filter(({ conditions }) => conditions.length === 0)
      .filter(({ actions, resources }) => actions.includes("*") && resources.includes("*"))
      .map(() => ({ found: "every action on every resource", allowed: "what goes through it" }));
  },
});
