import * as pulumi from "@pulumi/pulumi";
import { type Platform, platformOf } from "./platform";

/** The stack's configuration (`Pulumi.yaml` describes and defaults every key), checked once. */
export interface Settings {
  readonly project: string;
  readonly stack: string;
  /** What packages are built for. */
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
  readonly accessLogs: "off" | "on" | "on-with-account-role";
  /** Requests a second. */
  readonly throttlingRateLimit: number;
  readonly throttlingBurstLimit: number;
  /** Whether `pulumi destroy` may delete buckets that still hold objects. */
  readonly forceDestroy: boolean;
  /** Whether what holds data refuses to be deleted or replaced. */
  readonly protect: boolean;
  /** A bucket with models that is used in place of one of the stack's own, and the key of its default model. */
  readonly existingModels: { readonly dataBucket: string; readonly modelPath: string } | undefined;
  /** On every resource that can have them; a provider's default tags do not exist in previews without an account. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Who may call: requests signed by this account's principals, or everyone. */
export type AuthorizationType = "AWS_IAM" | "NONE";

/** The retention periods CloudWatch Logs takes, in days. */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/**
 * Reads the stack's settings.
 *
 * @throws Error  One line that names the first wrong setting, what it is and what is allowed.
 */
export function readSettings(): Settings {
  const config = new Reader(new pulumi.Config());
  const concurrency = config.integer("reservedConcurrency", -1, 1000);
  const [project, stack] = [pulumi.getProject(), pulumi.getStack()];
  return {
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
    accessLogs: config.oneOf("accessLogs", ["off", "on", "on-with-account-role"]),
    throttlingRateLimit: config.integer("throttlingRateLimit", 1, 10_000),
    throttlingBurstLimit: config.integer("throttlingBurstLimit", 1, 5_000),
    forceDestroy: config.boolean("forceDestroy"),
    protect: config.boolean("protect"),
    existingModels: readExistingModels(config),
    tags: { project, stack },
  };
}

function readExistingModels(config: Reader): Settings["existingModels"] {
  const dataBucket = config.matching(
    "dataBucket",
    /^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?$/,
    "a bucket's name",
  );
  const modelPath = config.matching("modelPath", /^([^/].*\.tar\.gz)?$/, "the key of a model.tar.gz");
  if (dataBucket === undefined && modelPath === undefined) return undefined;
  if (dataBucket === undefined || modelPath === undefined) {
    throw new Error(
      "Settings `dataBucket` and `modelPath` belong together: set both, or neither for a bucket of the stack's own.",
    );
  }
  return { dataBucket, modelPath };
}

/** Reads values by Pulumi's config, with errors in our words. */
class Reader {
  constructor(private readonly config: pulumi.Config) {}

  oneOf<const T extends string | number>(key: string, allowed: readonly T[]): T {
    const text = this.text(key);
    const found = allowed.find((value) => String(value) === text);
    if (found === undefined) throw this.error(key, text, `one of ${allowed.join(", ")}`);
    return found;
  }

  integer(key: string, min: number, max: number): number {
    const text = this.text(key);
    const value = Number(text);
    if (!Number.isInteger(value) || value < min || value > max || text.trim() === "") {
      throw this.error(key, text, `a whole number from ${min} to ${max}`);
    }
    return value;
  }

  boolean(key: string): boolean {
    return this.oneOf(key, ["true", "false"]) === "true";
  }

  /** Text of a form; `undefined` where the setting is empty. */
  matching(key: string, form: RegExp, allowed: string): string | undefined {
    const text = this.text(key);
    if (!form.test(text)) throw this.error(key, text, `${allowed}, or empty`);
    return text || undefined;
  }

  origins(key: string): string[] {
    const text = this.text(key);
    const allowed = 'a list of origins such as ["https://example.com"], or ["*"]';
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw this.error(key, text, allowed);
    }
    const isOrigin = (item: unknown) =>
      typeof item === "string" && (item === "*" || /^https?:\/\/[^/\s]+$/.test(item));
    if (!Array.isArray(value) || !value.every(isOrigin)) throw this.error(key, text, allowed);
    return value;
  }

  private text(key: string): string {
    const text = this.config.get(key);
    if (text === undefined) throw this.error(key, undefined, "set; Pulumi.yaml has its default");
    return text;
  }

  private error(key: string, text: string | undefined, allowed: string): Error {
    const is = text === undefined ? "is not set" : `is ${JSON.stringify(text)}`;
    return new Error(
      `Setting \`${this.config.name}:${key}\` ${is}; it must be ${allowed}. Change it with \`pulumi config set\` or in Pulumi.${pulumi.getStack()}.yaml.`,
    );
  }
}
