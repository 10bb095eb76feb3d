import { isSet } from "../../lib/isSet";
import { resourceRule } from "../../lib/rule";

export const logsKms = resourceRule({
  name: "logs-kms",
  title: "Logs are encrypted with a key of their own",
  why: "CloudWatch encrypts anyway; an own key adds control. Logs here hold no inputs, so it is off.",
  cure: "Set `kmsKeyId`.",
  severity: "low",
  tier: "optional",
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
  controls: ["CKV_AWS_158"],
  types: ["aws:cloudwatch/logGroup:LogGroup"],
  check({ props }) {
    return isSet(props, "kmsKeyId") ? undefined : { found: "AWS's key", allowed: "a KMS key" };
  },
});
