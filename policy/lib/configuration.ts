import type { EnforcementLevel } from "@pulumi/policy";
import { closest } from "fastest-levenshtein";
import { levelIn, type Profile } from "./profile";
import type { Limit, Rule } from "./rule";

/** The level and the limits that a rule is run with. */
export interface RuleSetup {
  readonly level: EnforcementLevel;
  readonly limits: Readonly<Record<string, Limit>>;
}

/** Levels and limits by rule, as a file for `pulumi preview --policy-pack-config` has them; `all` is for every rule. */
export type PackConfiguration = Readonly<Record<string, EnforcementLevel | RuleConfiguration>>;

type RuleConfiguration = Readonly<Record<string, Limit>> & { readonly enforcementLevel?: EnforcementLevel };

const LEVELS: readonly string[] = ["advisory", "mandatory", "remediate", "disabled"];

/** The level and the limits of a rule: the configuration's, else those of the profile and the rule itself. */
export function setupOf(rule: Rule, profile: Profile, configuration: PackConfiguration = {}): RuleSetup {
  const { enforcementLevel, ...limits } = {
    ...ruleConfiguration(configuration.all),
    ...ruleConfiguration(configuration[rule.name]),
  };
  return {
    level: enforcementLevel ?? levelIn(profile, rule.tier ?? "baseline"),
    limits: { ...rule.limits, ...limits },
  };
}

/**
 * Reads a file of levels and limits.
 *
 * @throws Error  One line: text that is not JSON, a rule or limit that does not exist, a value of another type.
 */
export function parseConfiguration(text: string, rules: readonly Rule[]): PackConfiguration {
  let configuration: unknown;
  try {
    configuration = JSON.parse(text);
  } catch (cause) {
    throw new Error(`The policies' configuration is not JSON: ${(cause as Error).message}`, { cause });
  }
  if (typeof configuration !== "object" || configuration === null || Array.isArray(configuration)) {
    throw new Error("The policies' configuration is not a JSON object of levels and limits by rule.");
  }
  for (const [name, value] of Object.entries(configuration)) {
    const rule = rules.find((one) => one.name === name);
    if (rule === undefined && name !== "all") {
      throw new Error(
        `The policies' configuration names ${quoteUnknown(
          name,
          rules.map((one) => one.name),
        )}.`,
      );
    }
    if (typeof value !== "string" && (typeof value !== "object" || value === null || Array.isArray(value))) {
      throw new Error(
        `\`${name}\` is neither a level (${LEVELS.join(", ")}) nor an object with one and limits.`,
      );
    }
    const { enforcementLevel = "mandatory", ...limits } = ruleConfiguration(value);
    if (!LEVELS.includes(enforcementLevel)) {
      throw new Error(`\`${name}\` has the level \`${enforcementLevel}\`; use ${LEVELS.join(", ")}.`);
    }
    for (const [limit, set] of Object.entries(limits)) checkLimit(name, limit, set, rule?.limits ?? {});
  }
  return configuration as PackConfiguration;
}

/** Names what does not exist, and what may have been meant: "`lambda-trcing`, which is not a rule (did you mean `lambda-tracing`?)" */
export function quoteUnknown(name: string, names: readonly string[]): string {
  return `\`${name}\`, which is not a rule (did you mean \`${closest(name, [...names])}\`?)`;
}

function checkLimit(
  rule: string,
  name: string,
  value: unknown,
  limits: Readonly<Record<string, Limit>>,
): void {
  const byDefault = Object.hasOwn(limits, name) ? limits[name] : undefined;
  if (byDefault === undefined) {
    const known = Object.keys(limits);
    throw new Error(
      `\`${rule}\` has no limit \`${name}\`; ${known.length > 0 ? `it has ${known.join(", ")}` : "it has none"}.`,
    );
  }
  const isList = (one: unknown) => Array.isArray(one) && one.every((item) => typeof item === "string");
  if (Array.isArray(byDefault) ? !isList(value) : typeof value !== typeof byDefault) {
    throw new Error(
      `\`${rule}.${name}\` is not ${Array.isArray(byDefault) ? "a list of strings" : `a ${typeof byDefault}`}.`,
    );
  }
}

function ruleConfiguration(value: unknown): RuleConfiguration {
  if (typeof value === "string") return { enforcementLevel: value as EnforcementLevel };
  return (value ?? {}) as RuleConfiguration;
}
