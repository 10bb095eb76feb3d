import { isSet } from "../../lib/isSet";
import { resourceRule } from "../../lib/rule";

export const lambdaOtherAccounts = resourceRule({
  name: "lambda-other-accounts",
  title: "A permission for an account is for one role in it",
  why: "Of a whole account everyone whom that account lets may invoke the function.",
  cure: "Name a role's ARN as `principal`, or add `principalOrgId`.",
  severity: "medium",
  tier: "advice",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html",
  types: ["aws:lambda/permission:Permission"],
  check({ props }) {
    const account = /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(props.principal)?.[1];
    if (account === undefined || isSet(props, "principalOrgId")) return undefined;
    return { found: `the whole account ${account}`, allowed: "a role by its ARN" };
  },
});
