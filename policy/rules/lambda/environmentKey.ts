import { isSet } from "../../lib/isSet";
import { resourceRule } from "../../lib/rule";

export const lambdaEnvironmentKey = resourceRule({
  name: "lambda-environment-key",
  title: "A function's environment is encrypted with a key of its own",
  why: "AWS encrypts it anyway; an own key adds control over who reads it. This stack keeps no secrets there, so it is off.",
  cure: "Set `kmsKeyArn`.",
  severity: "low",
  tier: "optional",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html",
  controls: ["CKV_AWS_173"],
  types: ["aws:lambda/function:Function"],
  check({ props }) {
    if (!isSet(props, "environment") || isSet(props, "kmsKeyArn")) return undefined;
    return { found: "AWS's key", allowed: "a KMS key" };
  },
});
