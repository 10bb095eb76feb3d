import { isSet } from "../../lib/isSet";
import { resourceRule } from "../../lib/rule";

export const lambdaCodeSigning = resourceRule({
  name: "lambda-code-signing",
  title: "A function takes only signed code",
  why: "It keeps out code that no pipeline signed. It needs a signing profile and a step of its own, so it is off.",
  cure: "Set `codeSigningConfigArn`.",
  severity: "low",
  tier: "optional",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html",
  controls: ["CKV_AWS_272"],
  types: ["aws:lambda/function:Function"],
  check({ props }) {
    return isSet(props, "codeSigningConfigArn")
      ? undefined
      : { found: "no code signing", allowed: "a code signing configuration" };
  },
});
