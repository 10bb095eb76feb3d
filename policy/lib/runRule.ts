import type { RuleSetup } from "./configuration";
import { type Exception, exceptionFor, isExpired, type StackExceptions } from "./exceptions";
import type { Judged, ResourceToken } from "./resourceTypes";
import type { ExceptionsRule, Finding, Findings, ResourceRule, Rule, StackRule } from "./rule";
import type { Stack } from "./stack";
import { isUnknownValue } from "./unknownValues";

/** The context that rules are run with, beside the resources. */
export interface RunContext {
  /** Absolute folder that paths of archives are relative to; `undefined` where nobody knows it. */
  readonly root: string | undefined;
  /** `YYYY-MM-DD`: exceptions end. */
  readonly today: string;
  readonly exceptions: StackExceptions;
}

/** A finding about a resource, after the stack's exceptions are applied. */
export interface Verdict extends Finding {
  readonly rule: Rule;
  /** The resource's; `undefined` for the stack as a whole. */
  readonly urn: string | undefined;
  /** The exception made for it, whether or not it still holds. */
  readonly exception?: Exception;
  /** `warning`: near a limit, or a rule that only advises. `excepted`: on purpose, for now. */
  readonly outcome: "violation" | "warning" | "excepted";
}

/** A resource that a rule could not judge. */
export interface Failure {
  readonly urn: string;
  readonly error: Error;
  /** Whether a value is missing that only AWS, another stack or the engine knows, rather than a document that cannot be read. */
  readonly unknown: boolean;
}

/** The result of one rule. */
export interface RuleRun {
  readonly rule: Rule;
  readonly level: RuleSetup["level"];
  readonly verdicts: readonly Verdict[];
  /** How many resources were looked at: with none, nothing is said about the rule. */
  readonly judged: number;
  readonly failures: readonly Failure[];
}

export function runResourceRule(
  rule: ResourceRule,
  resources: readonly Judged<ResourceToken>[],
  setup: RuleSetup,
  context: RunContext,
): Promise<RuleRun> {
  const { limits } = setup;
  const judged = resources.filter(({ type }) => rule.types.includes(type));
  return run(
    rule,
    judged,
    (resource) => rule.check(resource, { limits, root: context.root }),
    setup,
    context,
  );
}

export function runStackRule(
  rule: StackRule,
  stack: Stack,
  setup: RuleSetup,
  context: RunContext,
): Promise<RuleRun> {
  const { limits } = setup;
  const judged = stack.ofType(...rule.types);
  return run(
    rule,
    judged,
    (resource) => rule.check(resource, { limits, root: context.root, stack }),
    setup,
    context,
  );
}

/** @param rules  All rules of the pack: exceptions name one of them. */
export function runExceptionsRule(
  rule: ExceptionsRule,
  rules: readonly Rule[],
  { level, limits }: RuleSetup,
  { exceptions, today }: RunContext,
): RuleRun {
  const verdicts = listOf(rule.check(exceptions, { limits, today, rules })).map(
    (finding): Verdict => ({ ...finding, rule, urn: undefined, outcome: outcomeOf(level, finding) }),
  );
  return { rule, level, verdicts, judged: 0, failures: [] };
}

async function run<R extends Judged<ResourceToken>>(
  rule: Rule,
  resources: readonly R[],
  check: (resource: R) => Findings | Promise<Findings>,
  { level }: RuleSetup,
  context: RunContext,
): Promise<RuleRun> {
  const verdicts: Verdict[] = [];
  const failures: Failure[] = [];
  const usable = context.exceptions.exceptions.filter(
    ({ resource }) => !rule.namedExceptionsOnly || !resource.includes("*"),
  );
  for (const resource of resources) {
    const { urn, name } = resource;
    const exception = exceptionFor(usable, rule.name, name, context.today);
    const holds = exception !== undefined && !isExpired(exception, context.today);
    try {
      for (const finding of listOf(await check(resource))) {
        const outcome = holds ? "excepted" : outcomeOf(level, finding);
        verdicts.push({ ...finding, rule, urn, exception, outcome });
      }
    } catch (error) {
      // A resource that cannot be judged must not hide what is wrong with the others.
      if (!holds) failures.push(failureOf(resource, error));
    }
  }
  return { rule, level, verdicts, judged: resources.length, failures };
}

function failureOf({ urn, type, name }: Judged<ResourceToken>, cause: unknown): Failure {
  if (isUnknownValue(cause)) return { urn, error: cause, unknown: true };
  const error = new Error(`${type} "${name}": ${(cause as Error).message}`, { cause });
  return { urn, error, unknown: false };
}

function outcomeOf(level: RuleSetup["level"], finding: Finding): "violation" | "warning" {
  return finding.warning || level === "advisory" ? "warning" : "violation";
}

function listOf(findings: Findings): readonly Finding[] {
  if (findings === undefined) return [];
  return Array.isArray(findings) ? findings : [findings as Finding];
}
