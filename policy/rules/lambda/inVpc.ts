import { isSet } from "../../lib/isSet";
import { resourceRule } from "../../lib/rule";

export const lambdaInVpc = resourceRule({
  name: "lambda-in-vpc",
  title: "A function runs in a VPC",
  why: "Some organisations ask for it. A function that only calls AWS's public endpoints gains nothing, so it is off.",
  cure: "Set `vpcConfig`.",
  severity: "low",
  tier: "optional",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-3",
  controls: ["Lambda.3", "CKV_AWS_117"],
  types: ["aws:lambda/function:Function"],
  check({ props }) {
    return isSet(props, "vpcConfig") ? undefined : { found: "no VPC", allowed: "a VPC" };
  },
});
