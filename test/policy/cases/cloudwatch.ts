import type { PropertiesOf } from "../../../policy/lib/resourceTypes";
import { alarmAction } from "../../../policy/rules/alarm/action";
import { logsKms } from "../../../policy/rules/logs/kms";
import { logsRetention } from "../../../policy/rules/logs/retention";
import type { RuleCases } from "../../helpers/policy/ruleCases";
import { ruleResource } from "../../helpers/policy/ruleResource";

const logGroup = (inputs: Partial<PropertiesOf<"aws:cloudwatch/logGroup:LogGroup">>) =>
  ruleResource("aws:cloudwatch/logGroup:LogGroup", "iris", inputs);

const alarm = (inputs: Partial<PropertiesOf<"aws:cloudwatch/metricAlarm:MetricAlarm">>) =>
  ruleResource("aws:cloudwatch/metricAlarm:MetricAlarm", "errors", inputs);

export const cloudwatchCases: readonly RuleCases[] = [
  {
    rule: logsRetention,
    passes: {
      "a week": [logGroup({ retentionInDays: 7 })],
      "two years": [logGroup({ retentionInDays: 731 })],
    },
    fails: {
      "for ever": { stack: [logGroup({})], says: ["iris: kept for ever; allowed: 7 to 3653 days"] },
      "a day": {
        stack: [logGroup({ retentionInDays: 1 })],
        says: ["iris: kept for 1 days; allowed: 7 to 3653 days"],
      },
    },
  },
  {
    rule: logsKms,
    passes: { "a key": [logGroup({ kmsKeyId: "arn" })] },
    fails: { "AWS's": { stack: [logGroup({})], says: ["iris: AWS's key; allowed: a KMS key"] } },
  },
  {
    rule: alarmAction,
    passes: { "a topic": [alarm({ alarmActions: ["arn"] })] },
    fails: {
      none: { stack: [alarm({})], says: ["errors: no action; allowed: an action"] },
      "one switched off": {
        stack: [alarm({ alarmActions: ["arn"], actionsEnabled: false })],
        says: ["errors: no action; allowed: an action"],
      },
    },
  },
];
