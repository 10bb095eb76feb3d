import { exceptionsRule } from "../../lib/rule";

const DAY_MS = 24 * 60 * 60 * 1000;

export const stackExceptions = exceptionsRule({
  name: "stack-exceptions",
  title: "Exceptions from these rules are written well, and end",
  why: "An exception without an end is a rule that was deleted for one resource, and nobody asks again.",
  cure: "Mend `policyExceptions` in the stack's file: rule, resource, reason, expires; renew it or mend the resource.",
  severity: "high",
  url: "https://github.com/cdklabs/cdk-nag#suppressing-a-rule",
  types: [],
  limits: { maxDays: 366 },
  check({ exceptions, mistakes }, { limits: { maxDays }, today, ruleNames }) {
    const last = new Date(Date.parse(today) + maxDays * DAY_MS).toISOString().slice(0, 10);
    return [
      ...mistakes.map((mistake) => ({ found: mistake, allowed: "rule, resource, reason, expires" })),
      ...exceptions.flatMap(({ rule, resource, expires }) => {
        const name = `the exception from ${rule} for ${resource}`;
        if (!ruleNames.includes(rule))
          return [{ found: `${name}, which is no rule`, allowed: "a rule's name" }];
        if (expires < today) return [{ found: `${name} ended on ${expires}`, allowed: "one that holds" }];
        return expires > last
          ? [{ found: `${name} ends on ${expires}`, allowed: `at most ${maxDays} days` }]
          : [];
      }),
    ];
  },
});
