import { stackRule } from "../../lib/rule";

export const apiWaf = stackRule({
  name: "api-waf",
  title: "A web application firewall protects the API",
  why: "It keeps out floods and known attacks. It costs 5 USD a month and more, so it is off.",
  cure: "Make a WebAclAssociation with the stage.",
  severity: "low",
  tier: "optional",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-4",
  controls: ["APIGateway.4", "CKV2_AWS_29", "AwsSolutions-APIG3"],
  types: ["aws:apigateway/stage:Stage"],
  check(stage, { stack }) {
    const associations = stack.referring(
      stage,
      "aws:wafv2/webAclAssociation:WebAclAssociation",
      "resourceArn",
    );
    return associations.length > 0 ? undefined : { found: "no firewall", allowed: "a web ACL" };
  },
});
