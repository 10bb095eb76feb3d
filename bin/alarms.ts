import { CloudWatchClient, type MetricAlarm, paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";
import { command } from "@paddock/local/command";
import { accessOf } from "./lib/localAccess";
import { dataFolderOf, STACK_OPTIONS, servedHere } from "./lib/stackHere";

command({
  usage: "npm run -s alarms -- [options]",
  about:
    "Evaluates the stack's alarms over what the local cloud has measured in the last whole minutes.\nExit code 1 where one is in alarm.",
  options: STACK_OPTIONS,
  async run(stack) {
    const client = new CloudWatchClient(accessOf(dataFolderOf(stack), servedHere(stack)));
    const alarms: MetricAlarm[] = [];
    for await (const page of paginateDescribeAlarms({ client }, {}))
      alarms.push(...(page.MetricAlarms ?? []));
    client.destroy();
    if (alarms.length === 0) {
      throw new Error(
        `The stack ${stack.stack} declares no alarms: set \`paddock:alarms\` and \`paddock:metrics\` to true in Pulumi.${stack.stack}.yaml, or serve another stack with --stack.`,
      );
    }
    const width = Math.max(...alarms.map(({ AlarmName = "" }) => AlarmName.length));
    for (const alarm of alarms) console.log(lineOf(alarm, width));
    if (alarms.some(({ StateValue }) => StateValue === "ALARM")) process.exitCode = 1;
  },
});

const COMPARISONS: Readonly<Record<string, string>> = {
  GreaterThanThreshold: ">",
  GreaterThanOrEqualToThreshold: ">=",
  LessThanThreshold: "<",
  LessThanOrEqualToThreshold: "<=",
};

/** State, name, threshold, and the values of the last periods, the newest first. */
function lineOf(alarm: MetricAlarm, width: number): string {
  const { AlarmName = "", StateValue = "", StateReasonData = "{}", ComparisonOperator = "" } = alarm;
  const { recentDatapoints = [] } = JSON.parse(StateReasonData) as {
    readonly recentDatapoints?: readonly (number | null)[];
  };
  const values = recentDatapoints.map((value) => (value === null ? "-" : String(Number(value.toFixed(2)))));
  const limit = `${COMPARISONS[ComparisonOperator] ?? ComparisonOperator} ${alarm.Threshold}`;
  return [StateValue.padEnd(17), AlarmName.padEnd(width), limit.padEnd(8), values.join(" ")].join("  ");
}
