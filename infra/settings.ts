import * as pulumi from "@pulumi/pulumi";
import { type ExistingParts, readExistingParts } from "./existingParts";
import { type OperationsSettings, readOperationsSettings } from "./operationsSettings";
import { type OrganizationSettings, readOrganizationSettings } from "./organizationSettings";
import { type Platform, platformOf } from "./platform";
import { SettingsReader } from "./settingsReader";

/** The stack's configuration (`Pulumi.yaml` describes and defaults every key), checked once. */
export interface Settings extends ExistingParts, OperationsSettings, OrganizationSettings {
  readonly project: string;
  readonly stack: string;
  /** The platform that packages are built for. */
  readonly platform: Platform;
  /** MB. */
  readonly memorySize: number;
  /** Seconds. */
  readonly timeout: number;
  readonly reservedConcurrency: number | undefined;
  readonly tracing: boolean;
  readonly logRetentionDays: number;
  readonly functionUrlAuth: AuthorizationType;
  readonly apiAuth: AuthorizationType;
  readonly corsOrigins: readonly string[];
  /** Seconds after which a loaded model's object is asked for again. */
  readonly modelCheckSeconds: number;
  readonly accessLogs: "off" | "on" | "on-with-account-role";
  /** Requests a second. */
  readonly throttlingRateLimit: number;
  readonly throttlingBurstLimit: number;
  /** Days for which uploads, and the results of batches, are kept. */
  readonly uploadDays: number;
  /** Whether `pulumi destroy` may delete buckets that still hold objects. */
  readonly forceDestroy: boolean;
  /** Whether resources with data are protected from deletion and replacement, and logs are kept. */
  readonly protect: boolean;
  /** ARN of the only role that can write models' aliases. */
  readonly aliasesRole: string | undefined;
  /** An existing SageMaker endpoint, used instead of the function's own model. */
  readonly endpointName: string | undefined;
  /** Egress of functions in the network: none, one NAT gateway, or one in each zone. */
  readonly egress: Egress;
  /** Availability zones of the network. */
  readonly zones: number;
  readonly flowLogs: boolean;
  /** MiB/s provisioned for the file system; `undefined` for elastic. */
  readonly volumeThroughput: number | undefined;
  readonly volumeBackup: boolean;
}

export type Egress = "none" | "single" | "per-zone";

/** Allowed callers: requests signed by this account's principals, or everyone. */
export type AuthorizationType = "AWS_IAM" | "NONE";

/** Retention periods that CloudWatch Logs supports, in days. */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/**
 * Reads the stack's settings.
 *
 * @throws Error  One line that names the first wrong setting, what it is and what is allowed.
 */
export function readSettings(): Settings {
  const config = new SettingsReader(new pulumi.Config());
  const concurrency = config.integer("reservedConcurrency", -1, 1000);
  const throughput = config.integer("volumeThroughput", 0, 1024);
  const [project, stack] = [pulumi.getProject(), pulumi.getStack()];
  const organization = readOrganizationSettings(config, { project, stack });
  const zones = config.integer("zones", 2, 4);
  const settings = {
    project,
    stack,
    platform: platformOf(
      config.oneOf("platform", ["lambda", "host"]),
      config.oneOf("architecture", ["arm64", "x86_64"]),
    ),
    memorySize: config.integer("memorySize", 128, 3008),
    timeout: config.integer("timeout", 1, 29),
    reservedConcurrency: concurrency < 0 ? undefined : concurrency,
    tracing: config.boolean("tracing"),
    logRetentionDays: config.oneOf("logRetentionDays", RETENTION_DAYS),
    functionUrlAuth: config.oneOf("functionUrlAuth", ["AWS_IAM", "NONE"]),
    apiAuth: config.oneOf("apiAuth", ["AWS_IAM", "NONE"]),
    corsOrigins: config.origins("corsOrigins"),
    modelCheckSeconds: config.integer("modelCheckSeconds", 0, 86_400),
    accessLogs: config.oneOf("accessLogs", ["off", "on", "on-with-account-role"]),
    throttlingRateLimit: config.integer("throttlingRateLimit", 1, 10_000),
    throttlingBurstLimit: config.integer("throttlingBurstLimit", 1, 5_000),
    uploadDays: config.integer("uploadDays", 1, 3650),
    forceDestroy: config.boolean("forceDestroy"),
    protect: config.boolean("protect"),
    aliasesRole: config.matching(
      "aliasesRole",
      /^(arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512})?$/,
      "the ARN of a role",
    ),
    endpointName: config.matching(
      "endpointName",
      /^([a-zA-Z0-9](-*[a-zA-Z0-9]){0,62})?$/,
      "the name of a SageMaker endpoint",
    ),
    egress: config.oneOf("egress", ["none", "single", "per-zone"]),
    zones: organization.availabilityZones?.length ?? zones,
    flowLogs: config.boolean("flowLogs"),
    volumeThroughput: throughput === 0 ? undefined : throughput,
    volumeBackup: config.boolean("volumeBackup"),
    ...readExistingParts(config),
    ...readOperationsSettings(config),
    ...organization,
  };
  config.rejectUnknown(["policyProfile", "policyExceptions"]);
  return settings;
}
