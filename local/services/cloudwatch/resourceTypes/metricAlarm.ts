import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert, inertTags, nested, refused, required, served } from "../../../resources/treatment";
import { known, preview } from "../../../resources/value";
import type { CloudWatchService } from "../cloudWatchService";
import { COMPARISONS } from "../evaluateAlarm";
import { parseMetricMath } from "../metricMath";
import { STATISTIC } from "../metricStore";

const NOT_SENT = "nothing is sent from this machine; `npm run alarms` shows what is in alarm";

/** An alarm on a metric or on metric math, evaluated over what the local cloud measures. */
export const metricAlarm = defineType<typeof aws.cloudwatch.MetricAlarm, CloudWatchService>(
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  {
    properties: {
      actionsEnabled: inert(NOT_SENT),
      alarmActions: inert(NOT_SENT),
      alarmDescription: served,
      comparisonOperator: served,
      datapointsToAlarm: served,
      dimensions: served,
      evaluateLowSampleCountPercentiles: refused("percentiles are evaluated however few values there are"),
      evaluationCriteria: refused("the local cloud has no PromQL"),
      evaluationInterval: refused("alarms are evaluated when they are asked for"),
      evaluationPeriods: served,
      extendedStatistic: served,
      insufficientDataActions: inert(NOT_SENT),
      metricName: served,
      metricQueries: nested({
        accountId: refused("the local cloud is one account"),
        expression: served,
        id: required,
        label: inert("it is shown in graphs only"),
        metric: nested({
          dimensions: served,
          metricName: required,
          namespace: served,
          period: required,
          stat: required,
          unit: refused("values are found by metric and dimensions only"),
        }),
        period: served,
        returnData: served,
      }),
      name: served,
      namespace: served,
      okActions: inert(NOT_SENT),
      period: served,
      region: served,
      statistic: served,
      tags: inertTags,
      threshold: served,
      thresholdMetricId: refused("the local cloud detects no anomalies"),
      treatMissingData: served,
      unit: refused("values are found by metric and dimensions only"),
      warmUpConfiguration: refused("alarms are evaluated from the beginning"),
    },
    replaceOn: ["name"],
    autoName: { property: "name", maxLength: 255 },
    check(inputs) {
      const operator = known(inputs.comparisonOperator);
      if (operator === undefined && inputs.comparisonOperator === undefined) {
        throw new Error("`comparisonOperator` is missing");
      }
      if (operator !== undefined && !COMPARISONS.has(operator)) {
        const names = [...COMPARISONS.keys()].join(", ");
        throw new Error(`\`comparisonOperator\` is "${operator}"; the local cloud knows ${names}`);
      }
      if ((inputs.metricName === undefined) === (inputs.metricQueries === undefined)) {
        throw new Error("exactly one of `metricName` and `metricQueries` says what the alarm watches");
      }
      const [periods, needed] = [known(inputs.evaluationPeriods), known(inputs.datapointsToAlarm)];
      if (periods !== undefined && needed !== undefined && needed > periods) {
        throw new Error(`\`datapointsToAlarm\` is ${needed}, more than \`evaluationPeriods\`, ${periods}`);
      }
      checkStatistic(known(inputs.statistic) ?? known(inputs.extendedStatistic));
      checkPeriod(known(inputs.period));
      const queries = known(inputs.metricQueries)?.map((query) => known(query)) ?? [];
      for (const query of queries) {
        const expression = known(query?.expression);
        if (expression !== undefined) parseMetricMath(expression);
        checkStatistic(known(known(query?.metric)?.stat));
        checkPeriod(known(known(query?.metric)?.period));
      }
      if (queries.length > 0 && queries.filter((query) => known(query?.returnData)).length !== 1) {
        throw new Error("`metricQueries`: exactly one query has `returnData`, the one that is compared");
      }
    },
    outputs(inputs, resource, place) {
      const name = inputs.name ?? resource.name;
      return {
        id: name,
        arn: preview`arn:aws:cloudwatch:${place.region}:${place.accountId}:alarm:${name}`,
        evaluateLowSampleCountPercentiles: "",
        name,
        tagsAll: inputs.tags ?? {},
      };
    },
    async create({ inputs, outputs }, cloudWatch) {
      cloudWatch.putAlarm({ ...inputs, name: outputs.name, arn: outputs.arn });
      return undefined;
    },
    async delete({ outputs }, cloudWatch) {
      cloudWatch.deleteAlarm(outputs.name);
    },
  },
);

function checkStatistic(stat: string | undefined): void {
  if (stat === undefined || STATISTIC.test(stat)) return;
  throw new Error(
    `the statistic "${stat}" is not served: Sum, Average, Minimum, Maximum, SampleCount and p0 to p100 are`,
  );
}

function checkPeriod(seconds: number | undefined): void {
  if (seconds === undefined || (seconds > 0 && seconds % 60 === 0)) return;
  throw new Error(`\`period\` is ${seconds}; the local cloud measures by whole minutes`);
}
