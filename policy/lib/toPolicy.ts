import type {
  EnforcementLevel,
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { Archive, Asset } from "@pulumi/pulumi/asset";
import type { RuleSetup } from "./configuration";
import type { Judged, ResourceToken } from "./resourceTypes";
import type { ExceptionsRule, Limit, ResourceRule, Rule, StackRule } from "./rule";
import {
  type RuleRun,
  type RunContext,
  runExceptionsRule,
  runResourceRule,
  runStackRule,
  type Verdict,
} from "./runRule";
import { Stack } from "./stack";
import { verdictMessage } from "./verdictMessage";

/** State that a pack's policies share. */
export interface PackContext {
  readonly rules: readonly Rule[];
  /** The context that rules are run with, for the stack of a resource. */
  contextOf(urn: string): RunContext;
  levelOf(rule: Rule): EnforcementLevel;
  /** Verdicts excepted since the last report, which has one line a rule, at the end. */
  readonly excepted: Verdict[];
}

/** A rule as the engine runs it. */
export function toPolicy(rule: Rule, pack: PackContext): ResourceValidationPolicy | StackValidationPolicy {
  const description = {
    name: rule.name,
    description: `${rule.title}. ${rule.why}`,
    enforcementLevel: pack.levelOf(rule),
    severity: rule.severity,
    url: rule.url,
    remediationSteps: rule.cure,
    tags: [...(rule.controls ?? [])],
    ...(rule.limits && { configSchema: { properties: mapValues(rule.limits, schemaOf) } }),
  };
  switch (rule.scope) {
    case "resource":
      return { ...description, ...resourcePolicy(rule, pack) };
    case "stack":
      return { ...description, validateStack: stackPolicy(rule, pack) };
    case "exceptions":
      return { ...description, validateStack: exceptionsPolicy(rule, pack) };
  }
}

function resourcePolicy(rule: ResourceRule, pack: PackContext) {
  const run = (args: ResourceValidationArgs) =>
    runResourceRule(rule, [judged(args)], setupOf(rule, args), pack.contextOf(args.urn));
  const onlyItsTypes = (args: ResourceValidationArgs) => {
    if (!(rule.types as readonly string[]).includes(args.type))
      args.notApplicable(`${args.type} is not judged`);
  };
  return {
    validateResource: withType(rule, async (args: ResourceValidationArgs, report: ReportViolation) => {
      onlyItsTypes(args);
      reportAll(await run(args), report, pack);
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

function stackPolicy(rule: StackRule, pack: PackContext) {
  return async (args: StackValidationArgs, report: ReportViolation) => {
    const [first] = args.resources;
    if (first === undefined) return args.notApplicable("The stack is empty");
    const stack = new Stack(args.resources);
    const result = await runStackRule(rule, stack, setupOf(rule, args), pack.contextOf(first.urn));
    if (result.judged === 0) args.notApplicable(`The stack has no ${rule.types.join(" or ")}`);
    reportAll(result, report, pack);
  };
}

/** Reports what is wrong with the exceptions, and then, one line a rule, what they let pass. */
function exceptionsPolicy(rule: ExceptionsRule, pack: PackContext) {
  return (args: StackValidationArgs, report: ReportViolation) => {
    const [first] = args.resources;
    if (first === undefined) return args.notApplicable("The stack is empty");
    const context = pack.contextOf(first.urn);
    reportAll(runExceptionsRule(rule, pack.rules, setupOf(rule, args), context), report, pack);
    for (const message of exceptedLines(pack.excepted.splice(0))) {
      report({ message, enforcementLevel: "advisory" } as unknown as string);
    }
  };
}

function reportAll({ verdicts, failures }: RuleRun, report: ReportViolation, pack: PackContext): void {
  for (const verdict of verdicts) {
    if (verdict.outcome === "excepted") pack.excepted.push(verdict);
    else report(violation(verdict) as unknown as string, verdict.urn);
  }
  // The engine says "can't run policy ... during preview" of an unknown value; any other error stops it.
  const [first] = [...failures].sort((a, b) => Number(a.unknown) - Number(b.unknown));
  if (first) throw first.error;
}

/** E.g. "lambda-url-auth is excepted for iris, pricing until 2027-06-30: demonstration endpoints". */
function exceptedLines(verdicts: readonly Verdict[]): string[] {
  const byRule = new Map<string, Verdict[]>();
  for (const verdict of verdicts)
    byRule.set(verdict.rule.name, [...(byRule.get(verdict.rule.name) ?? []), verdict]);
  return [...byRule].map(([rule, ofRule]) => {
    const names = [...new Set(ofRule.map(({ urn }) => urn?.split("::").at(-1)))];
    const reasons = ofRule.map(({ exception }) => `until ${exception?.expires}: ${exception?.reason}`);
    return `${rule} is excepted for ${names.join(", ")} ${[...new Set(reasons)].join("; ")}`;
  });
}

/** `@pulumi/policy` takes an object, too: then each violation has its own level. Its types do not say so. */
function violation(verdict: Verdict) {
  return {
    message: verdictMessage(verdict),
    urn: verdict.urn,
    ...(verdict.warning && { enforcementLevel: "advisory" as const }),
  };
}

/** The engine knows the level, and applies it by itself. */
function setupOf(rule: Rule, args: ResourceValidationArgs | StackValidationArgs): RuleSetup {
  return { level: "mandatory", limits: { ...rule.limits, ...args.getConfig<Record<string, Limit>>() } };
}

/** Tells the engine the one type a policy is for, as `validateResourceOfType` does: others are not even read for it. */
function withType<F extends object>({ types }: Rule, policy: F): F {
  return types.length === 1 ? Object.assign(policy, { __pulumiType: types[0] }) : policy;
}

function judged({ type, name, urn, props, opts, provider }: ResourceValidationArgs): Judged<ResourceToken> {
  const { protect, deleteBeforeReplace = false } = opts;
  const settings = provider?.props ?? {};
  return {
    ...{ type, name, urn, props, protect, deleteBeforeReplace },
    provider: settings,
  } as unknown as Judged<ResourceToken>;
}

/**
 * Whether there are archives or assets in it. Sent back to the engine, an AssetArchive would be reduced to the names of
 * its files, and any other loses its hash, without which a provider cannot tell whether it changed. Looks past the
 * proxies, which would throw at values that are not known.
 */
function holdsAssets(value: unknown): boolean {
  if (typeof value !== "object" || value === null || value instanceof Promise) return false;
  if (value instanceof Archive || value instanceof Asset) return true;
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
