import type { PolicyDocument } from "../iam/policyDocument";
import type { FunctionRunner } from "./functionRunner";
import type { FunctionVersion } from "./functionVersion";
import type { PolicyStatement } from "./resourcePolicy";

/** A name for a version, weighted towards a second one while a deployment goes on. */
export interface FunctionAlias {
  readonly name: string;
  readonly functionVersion: string;
  readonly description?: string;
  /** Version to share of the requests, 0 to 1. */
  readonly additionalVersionWeights?: Readonly<Record<string, number>>;
}

/** How asynchronous requests are tried again, and where the records of those go that fail. */
export interface EventInvokeConfig {
  /** @default 2 */
  readonly maximumRetryAttempts?: number;
  /** @default 21600 */
  readonly maximumEventAgeInSeconds?: number;
  /** ARN of a bucket. @default nowhere */
  readonly onFailure?: string;
}

/** A function and all that hangs on its name. */
export interface FunctionRecord {
  latest: FunctionVersion;
  readonly versions: Map<string, FunctionVersion>;
  readonly aliases: Map<string, FunctionAlias>;
  /** Versions and aliases with provisioned concurrency. */
  readonly provisioned: Set<string>;
  /** Keyed by statement id. */
  readonly policy: Map<string, PolicyStatement>;
  /** The form of `policy` that is evaluated; made by the first request after a change. */
  policyDocument?: PolicyDocument | undefined;
  /** Keyed by qualifier, `$LATEST` for none. */
  readonly eventInvokeConfigs: Map<string, EventInvokeConfig>;
  readonly runner: FunctionRunner;
}

/** The version that a request for a qualifier gets: weights decide for an alias that has them. */
export function resolveVersion(
  record: FunctionRecord,
  qualifier: string | undefined,
  random: () => number = Math.random,
): FunctionVersion | undefined {
  if (qualifier === undefined || qualifier === "$LATEST") return record.latest;
  const alias = record.aliases.get(qualifier);
  if (!alias) return record.versions.get(qualifier);
  let point = random();
  for (const [version, weight] of Object.entries(alias.additionalVersionWeights ?? {})) {
    point -= weight;
    if (point < 0) return record.versions.get(version);
  }
  return alias.functionVersion === "$LATEST" ? record.latest : record.versions.get(alias.functionVersion);
}
