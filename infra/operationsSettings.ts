import { RELEASES, type Release } from "./operations/release";
import type { SettingsReader } from "./settingsReader";

/** Settings of how the stack is watched, released and scaled. */
export interface OperationsSettings {
  /** Whether log lines of requests are CloudWatch metrics, too. */
  readonly metrics: boolean;
  readonly alarms: boolean;
  /** Who is told of alarms: an e-mail address, or the ARN of an SNS topic. */
  readonly alarmsTo: string | undefined;
  readonly dashboard: boolean;
  /** USD of the whole account. */
  readonly monthlyBudget: number | undefined;
  /** How requests move to a new version. */
  readonly release: Release;
  /** Instances of each endpoint that are started before a request needs them. */
  readonly provisionedConcurrency: {
    readonly instances: number;
    /** More than `instances` has them scaled by use. */
    readonly maxInstances: number;
    readonly schedules: readonly { readonly schedule: string; readonly instances: number }[];
  };
}

export function readOperationsSettings(config: SettingsReader): OperationsSettings {
  return {
    ...readAlarms(config),
    dashboard: config.boolean("dashboard"),
    monthlyBudget: config.integer("monthlyBudget", 0, 1_000_000) || undefined,
    ...readReleases(config),
  };
}

function readAlarms(config: SettingsReader): Pick<OperationsSettings, "metrics" | "alarms" | "alarmsTo"> {
  const metrics = config.boolean("metrics");
  const alarms = config.boolean("alarms");
  const alarmsTo = config.matching(
    "alarmsTo",
    /^([^@\s]+@[^@\s]+|arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256})?$/,
    "an e-mail address or the ARN of an SNS topic",
  );
  if (alarms && !metrics) {
    throw new Error("Setting `alarms` needs `metrics`: alarms on metrics that nobody writes never fire.");
  }
  return { metrics, alarms, alarmsTo };
}

function readReleases(
  config: SettingsReader,
): Pick<OperationsSettings, "release" | "provisionedConcurrency"> {
  const release = config.oneOf("release", RELEASES);
  const instances = config.integer("provisionedConcurrency", 0, 1000);
  const maxInstances = config.integer("provisionedConcurrencyMax", 0, 1000);
  const schedules = config.schedules("provisionedConcurrencySchedule");
  if (instances === 0 && (maxInstances > 0 || schedules.length > 0)) {
    throw new Error(
      "Settings `provisionedConcurrencyMax` and `provisionedConcurrencySchedule` need `provisionedConcurrency`, the least of them: 1 or more.",
    );
  }
  if (instances > 0 && release !== "all") {
    throw new Error(
      `Alias with weights can not be used with Provisioned Concurrency: set \`release\` to all, or \`provisionedConcurrency\` to 0.`,
    );
  }
  return { release, provisionedConcurrency: { instances, maxInstances, schedules } };
}
