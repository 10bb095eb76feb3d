import { quoteUnknown } from "../../lib/configuration";
import type { Exception } from "../../lib/exceptions";
import { exceptionsRule, type Finding, type Rule } from "../../lib/rule";

const DAY_MS = 24 * 60 * 60 * 1000;

export const stackExceptions = exceptionsRule({
  name: "stack-exceptions",
  title: "Exceptions from these rules are written well, and end",
  why: "An exception without an end is a rule that was deleted for one resource, and nobody asks again.",
  cure: "Mend `policyExceptions` and `policyProfile` in the stack's file: rule, resource, reason, expires; renew the exception or mend the resource.",
  severity: "high",
  tier: "aws",
  url: "https://github.com/cdklabs/cdk-nag#suppressing-a-rule",
  types: [],
  limits: { maxDays: 366 },
  check({ exceptions, mistakes }, { limits: { maxDays }, today, rules }) {
    const last = new Date(Date.parse(today) + maxDays * DAY_MS).toISOString().slice(0, 10);
    return [
      ...mistakes.map((mistake) => ({
        found: mistake,
        allowed: "exceptions of rule, resource, reason, expires",
      })),
      ...exceptions.flatMap((exception) => {
        const { rule, resource, expires } = exception;
        const unusable = unusableBecause(exception, rules);
        if (unusable) return [unusable];
        const name = `the exception from ${rule} for ${resource}`;
        if (expires < today) return [{ found: `${name} ended on ${expires}`, allowed: "one that holds" }];
        return expires > last
          ? [{ found: `${name} ends on ${expires}`, allowed: `at most ${maxDays} days` }]
          : [];
      }),
    ];
  },
});

function unusableBecause({ rule: name, resource }: Exception, rules: readonly Rule[]): Finding | undefined {
  const rule = rules.find((one) => one.name === name);
  if (rule === undefined) {
    const names = rules.map((one) => one.name);
    return {
      found: `the exception for ${resource} is from ${quoteUnknown(name, names)}`,
      allowed: "a rule's name",
    };
  }
  if (rule.scope === "exceptions")
    return { found: `an exception from ${name}`, allowed: "none from this rule" };
  return rule.namedExceptionsOnly && resource.includes("*")
    ? { found: `the exception from ${name} for ${resource}`, allowed: "resources by their whole name" }
    : undefined;
}
