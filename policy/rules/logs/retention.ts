import { resourceRule } from "../../lib/rule";

export const logsRetention = resourceRule({
  name: "logs-retention",
  title: "Logs end some day",
  why: "Without a retention they are kept, and paid for, for ever.",
  cure: "Set `retentionInDays` (setting `paddock:logRetentionDays`).",
  severity: "medium",
  tier: "advice",
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
  controls: ["CKV_AWS_66"],
  types: ["aws:cloudwatch/logGroup:LogGroup"],
  limits: { minDays: 7, maxDays: 3653 },
  check({ props: { retentionInDays = 0 } }, { limits: { minDays, maxDays } }) {
    if (retentionInDays >= minDays && retentionInDays <= maxDays) return undefined;
    const found = retentionInDays === 0 ? "kept for ever" : `kept for ${retentionInDays} days`;
    return { found, allowed: `${minDays} to ${maxDays} days` };
  },
  remediate(props) {
    props.retentionInDays = 30;
  },
});
