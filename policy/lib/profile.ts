import type { EnforcementLevel } from "@pulumi/policy";

/**
 * How much a stack asks of itself, in its file as `<project>:policyProfile`. `aws`: only what AWS would reject or nobody
 * can want. `baseline`: what is dangerous, too. `strict`: this project's opinion of how a stack should be made.
 */
export const PROFILES = ["aws", "baseline", "strict"] as const;

export type Profile = (typeof PROFILES)[number];

/**
 * The profiles in which a rule is on: from the profile of its name. `advice` warns in `baseline` and stops a deployment
 * in `strict`; `optional` rules are turned on by configuration only.
 */
export type Tier = "aws" | "baseline" | "advice" | "strict" | "optional";

const LEVELS: Readonly<Record<Tier, Readonly<Record<Profile, EnforcementLevel>>>> = {
  aws: { aws: "mandatory", baseline: "mandatory", strict: "mandatory" },
  baseline: { aws: "disabled", baseline: "mandatory", strict: "mandatory" },
  advice: { aws: "disabled", baseline: "advisory", strict: "mandatory" },
  strict: { aws: "disabled", baseline: "disabled", strict: "mandatory" },
  optional: { aws: "disabled", baseline: "disabled", strict: "disabled" },
};

/** The level of a rule, where no configuration says another. */
export function levelIn(profile: Profile, tier: Tier): EnforcementLevel {
  return LEVELS[tier][profile];
}

export function isProfile(value: unknown): value is Profile {
  return PROFILES.includes(value as Profile);
}
