import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings";
import { type AlarmArgs, type AlarmContext, createAlarm, type MetricSource } from "./alarm";

export interface FunctionAlarmsArgs extends AlarmContext {
  readonly settings: Settings;
  readonly function: aws.lambda.Function;
  /** Seconds. */
  readonly timeout: number;
  /** Whether it answers requests over its function URL; else AWS's services invoke it. */
  readonly isEndpoint: boolean;
}

/** Share of failed requests, in percent, above which something is wrong with the endpoint rather than with a request. */
const ERROR_RATE = 2;
/** Share of the timeout that the slowest hundredth of requests may take. */
const TIMEOUT_SHARE = 0.8;

/** Alarms of one function, as AWS's templates have them. */
export class FunctionAlarms extends pulumi.ComponentResource {
  /** Those that say that a version is bad: a release is rolled back on them. */
  readonly ofReleases: readonly aws.cloudwatch.MetricAlarm[];

  constructor(name: string, args: FunctionAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("paddock:index:FunctionAlarms", name, {}, opts);
    const { settings, timeout, isEndpoint } = args;
    const dimensions = { FunctionName: args.function.name };
    const lambda = (metricName: string, stat = "Sum"): MetricSource => ({
      namespace: "AWS/Lambda",
      metricName,
      stat,
      dimensions,
    });
    const own = (metricName: string): MetricSource => ({
      ...lambda(metricName),
      namespace: settings.project,
    });
    const alarm = (what: string, alarmArgs: AlarmArgs) =>
      createAlarm(`${name}-${what}`, args, alarmArgs, this);

    const throttles = alarm("throttles", {
      description: `${name}: requests are turned away for want of concurrency`,
      metric: lambda("Throttles"),
      threshold: 0,
    });
    if (!isEndpoint) {
      const errors = alarm("errors", {
        description: `${name}: events fail; after three tries they lie in the failure bucket`,
        metric: lambda("Errors"),
        threshold: 0,
      });
      this.ofReleases = [errors, throttles];
    } else {
      // A process that dies or runs out of time writes no line, and a 5xx of the handler is no error of Lambda's.
      const errors = alarm("errors", {
        description: `${name}: over ${ERROR_RATE} % of requests fail`,
        metrics: {
          errors: lambda("Errors"),
          failed: own("ServerErrors"),
          invocations: lambda("Invocations"),
        },
        expression: "100 * (errors + FILL(failed, 0)) / invocations",
        threshold: ERROR_RATE,
      });
      const duration = alarm("duration", {
        description: `${name}: the slowest hundredth comes near the timeout of ${timeout} s`,
        metric: lambda("Duration", "p99"),
        threshold: timeout * 1000 * TIMEOUT_SHARE,
      });
      const url = alarm("url-errors", {
        description: `${name}: over ${ERROR_RATE} % of the function URL's responses are 5xx`,
        metrics: { failed: lambda("Url5xxCount"), requests: lambda("UrlRequestCount") },
        expression: "100 * failed / requests",
        threshold: ERROR_RATE,
      });
      // Not a release's: models that users upload are not the version's fault.
      alarm("model-loads", {
        description: `${name}: a model cannot be loaded`,
        metric: own("ModelLoadFailures"),
        threshold: 0,
      });
      this.ofReleases = [errors, duration, throttles, url];
    }
    this.registerOutputs();
  }
}
