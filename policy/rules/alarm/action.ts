import { resourceRule } from "../../lib/rule";

export const alarmAction = resourceRule({
  name: "alarm-action",
  title: "An alarm tells someone",
  why: "An alarm without an action is a red square on a page that nobody has open.",
  cure: "Set `alarmActions`, e.g. to an SNS topic.",
  severity: "medium",
  tier: "advice",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-15",
  controls: ["CloudWatch.15", "CloudWatch.17", "CKV_AWS_319"],
  types: ["aws:cloudwatch/metricAlarm:MetricAlarm"],
  check({ props: { alarmActions = [], actionsEnabled = true } }) {
    return alarmActions.length > 0 && actionsEnabled
      ? undefined
      : { found: "no action", allowed: "an action" };
  },
});
