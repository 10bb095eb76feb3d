import * as aws from "@pulumi/aws";

/** Requests of one address in five minutes. */
const RATE_LIMIT = 1_000;

/**
 * Puts AWS WAF in front of the REST API: AWS's common rules, and a limit by address (about 7 USD a month, and 0.60 USD
 * for a million requests). Function URLs have no firewall: leave them to signed callers (`functionUrlAuth`).
 * Call it behind `const api` in `index.ts`.
 */
export function webAcl(stage: aws.apigateway.Stage, tags: Readonly<Record<string, string>>): void {
  const visibility = (metricName: string) => ({
    cloudwatchMetricsEnabled: true,
    metricName,
    sampledRequestsEnabled: true,
  });
  const acl = new aws.wafv2.WebAcl("web-acl", {
    description: "Requests to the REST API",
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    rules: [
      {
        name: "common",
        priority: 1,
        overrideAction: { none: {} },
        statement: {
          managedRuleGroupStatement: {
            vendorName: "AWS",
            name: "AWSManagedRulesCommonRuleSet",
            // Images and tensors are larger than the 8 KB that it lets pass; the gateway and the functions have limits.
            ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
          },
        },
        visibilityConfig: visibility("common"),
      },
      {
        name: "rate",
        priority: 2,
        action: { block: {} },
        statement: { rateBasedStatement: { aggregateKeyType: "IP", limit: RATE_LIMIT } },
        visibilityConfig: visibility("rate"),
      },
    ],
    visibilityConfig: visibility("web-acl"),
    tags,
  });
  new aws.wafv2.WebAclAssociation("web-acl", { resourceArn: stage.arn, webAclArn: acl.arn });
}
