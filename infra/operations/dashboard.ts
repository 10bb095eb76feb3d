import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { InferenceFunction } from "../inferenceFunction";
import type { Settings } from "../settings";

/** An endpoint, as far as a dashboard shows it. */
interface Operated {
  readonly name: string;
  readonly function: InferenceFunction;
}

export interface DashboardArgs {
  readonly settings: Settings;
  readonly endpoints: readonly Operated[];
}

/** A third of the dashboard's 24 columns. */
const WIDTH = 8;
const HEIGHT = 6;

type MetricRow = readonly [
  namespace: string,
  metricName: string,
  dimension: string,
  value: string,
  options: object,
];

/** A row for each endpoint: requests and errors, latency against the timeout, cold starts and loads. */
export function createDashboard(name: string, { settings, endpoints }: DashboardArgs): void {
  const region = aws.getRegionOutput({}).region;
  const functionNames = pulumi.all(endpoints.map((endpoint) => endpoint.function.function.name));
  const dashboardBody = pulumi.all([region, functionNames]).apply(([region, functionNames]) =>
    JSON.stringify({
      widgets: endpoints.flatMap(({ name }, row) =>
        graphsOf(name, functionNames[row] ?? "", settings).map(({ title, metrics, stat }, column) => ({
          type: "metric",
          x: column * WIDTH,
          y: row * HEIGHT,
          width: WIDTH,
          height: HEIGHT,
          properties: { title, metrics, stat, region, period: 60, view: "timeSeries" },
        })),
      ),
    }),
  );
  new aws.cloudwatch.Dashboard(name, {
    dashboardName: `${settings.project}-${settings.stack}`,
    dashboardBody,
  });
}

function graphsOf(name: string, functionName: string, { project }: Settings) {
  const metric = (namespace: string, metricName: string, options: object = {}): MetricRow => [
    namespace,
    metricName,
    "FunctionName",
    functionName,
    options,
  ];
  return [
    {
      title: `${name}: requests and errors`,
      stat: "Sum",
      metrics: [
        metric("AWS/Lambda", "Invocations"),
        metric("AWS/Lambda", "Errors"),
        metric("AWS/Lambda", "Throttles"),
        metric(project, "ClientErrors"),
        metric(project, "ServerErrors"),
      ],
    },
    {
      title: `${name}: latency`,
      stat: "p50",
      metrics: [
        metric(project, "Latency"),
        metric(project, "Latency", { stat: "p99" }),
        metric("AWS/Lambda", "Duration", { stat: "p99" }),
      ],
    },
    {
      title: `${name}: cold starts and models`,
      stat: "Sum",
      metrics: [
        metric(project, "ColdStarts"),
        metric(project, "ModelLoads"),
        metric(project, "ModelLoadFailures"),
        metric("AWS/Lambda", "ConcurrentExecutions", { stat: "Maximum" }),
      ],
    },
  ];
}
