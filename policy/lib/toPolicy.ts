import type {
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import type { Judged } from "./judged";
import type { ResourceToken } from "./resourceTypes";
import type { ExceptionsRule, Limit, ResourceRule, Rule, StackRule } from "./rule";
import {
  type RuleRun,
  runExceptionsRule,
  runResourceRule,
  runStackRule,
  type Surroundings,
  type Verdict,
} from "./runRule";
import { Stack } from "./stack";
import { isUnknownValue } from "./unknownValues";
import { verdictMessage } from "./verdictMessage";

/** A rule as the engine runs it. */
export function toPolicy(
  rule: Rule,
  ruleNames: readonly string[],
  surroundings: () => Surroundings,
): ResourceValidationPolicy | StackValidationPolicy {
  const description = {
    name: rule.name,
    description: `${rule.title}. ${rule.why}`,
    enforcementLevel: rule.level ?? "mandatory",
    severity: rule.severity,
    url: rule.url,
    remediationSteps: rule.cure,
    tags: [...(rule.controls ?? [])],
    ...(rule.limits && { configSchema: { properties: mapValues(rule.limits, schemaOf) } }),
  };
  switch (rule.scope) {
    case "resource":
      return { ...description, ...resourcePolicy(rule, surroundings) };
    case "stack":
      return { ...description, validateStack: stackPolicy(rule, surroundings) };
    case "exceptions":
      return { ...description, validateStack: exceptionsPolicy(rule, ruleNames, surroundings) };
  }
}

function resourcePolicy(rule: ResourceRule, surroundings: () => Surroundings) {
  const run = (args: ResourceValidationArgs) =>
    runResourceRule(rule, [judged(args)], surroundings(), args.getConfig<Record<string, Limit>>());
  const onlyItsTypes = (args: ResourceValidationArgs) => {
    if (!(rule.types as readonly string[]).includes(args.type))
      args.notApplicable(`${args.type} is not judged`);
  };
  return {
    validateResource: withType(rule, async (args: ResourceValidationArgs, report: ReportViolation) => {
      onlyItsTypes(args);
      reportAll(await run(args), report);
    }),
    ...(rule.remediate && {
      remediateResource: withType(rule, async (args: ResourceValidationArgs) => {
        onlyItsTypes(args);
        if (holdsAssets(args.props)) return undefined;
        const { verdicts } = await run(args);
        if (!verdicts.some(({ outcome }) => outcome === "violation")) return undefined;
        rule.remediate?.(args.props as never);
        return args.props;
      }),
    }),
  };
}

function stackPolicy(rule: StackRule, surroundings: () => Surroundings) {
  return async (args: StackValidationArgs, report: ReportViolation) => {
    const stack = new Stack(args.resources);
    const result = await runStackRule(rule, stack, surroundings(), args.getConfig<Record<string, Limit>>());
    if (result.judged === 0) args.notApplicable(`The stack has no ${rule.types.join(" or ")}`);
    reportAll(result, report);
  };
}

function exceptionsPolicy(
  rule: ExceptionsRule,
  ruleNames: readonly string[],
  surroundings: () => Surroundings,
) {
  return (args: StackValidationArgs, report: ReportViolation) => {
    const [first] = args.resources;
    if (first === undefined) return args.notApplicable("The stack is empty");
    reportAll(runExceptionsRule(rule, first.urn, ruleNames, surroundings(), args.getConfig()), report);
  };
}

function reportAll({ verdicts, failures }: RuleRun, report: ReportViolation): void {
  for (const verdict of verdicts) report(violation(verdict) as unknown as string, verdict.urn);
  // Of a value that is not known the engine says "can't run policy ... during preview"; anything else stops it.
  const [first] = [...failures].sort((a, b) => Number(isUnknownValue(a)) - Number(isUnknownValue(b)));
  if (first) throw first;
}

/** `@pulumi/policy` takes an object, too: then each violation has its own level. Its types do not say so. */
function violation(verdict: Verdict) {
  return {
    message: verdictMessage(verdict),
    urn: verdict.urn,
    ...(verdict.outcome !== "violation" && { enforcementLevel: "advisory" as const }),
  };
}

/** Tells the engine the one type a policy is for, as `validateResourceOfType` does: others are not even read for it. */
function withType<F extends object>({ types }: Rule, policy: F): F {
  return types.length === 1 ? Object.assign(policy, { __pulumiType: types[0] }) : policy;
}

function judged({ type, name, urn, props, opts }: ResourceValidationArgs): Judged<ResourceToken> {
  const { protect, deleteBeforeReplace = false } = opts;
  return { type, name, urn, props, protect, deleteBeforeReplace } as unknown as Judged<ResourceToken>;
}

/**
 * Whether there are archives or assets in it. Sent back to the engine, an AssetArchive would be reduced to the names of
 * its files, and any other loses its hash, without which a provider cannot tell whether it changed. Looks past the
 * proxies, which would throw at values that are not known.
 */
function holdsAssets(value: unknown): boolean {
  if (typeof value !== "object" || value === null || value instanceof Promise) return false;
  if (value instanceof pulumi.asset.Archive || value instanceof pulumi.asset.Asset) return true;
  return Object.values(Object.getOwnPropertyDescriptors(value)).some((property) =>
    holdsAssets(property.value),
  );
}

function schemaOf(limit: Limit): PolicyConfigSchema["properties"][string] {
  if (Array.isArray(limit)) return { type: "array", items: { type: "string" }, default: [...limit] };
  return {
    type: typeof limit as "string" | "number" | "boolean",
    default: limit as string | number | boolean,
  };
}

function mapValues<T, U>(values: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]));
}
