import { covers, type Exception, isExpired, readExceptions, type StackExceptions } from "./exceptions";
import type { Judged } from "./judged";
import type { ResourceToken } from "./resourceTypes";
import type { ExceptionsRule, Finding, Findings, Limit, ResourceRule, Rule, StackRule } from "./rule";
import type { Stack } from "./stack";
import { isUnknownValue } from "./unknownValues";

/** What a rule's run depends on beside the resources. */
export interface Surroundings {
  /** Absolute folder of `Pulumi.yaml`: paths of archives are relative to it, stacks' files lie in it. */
  readonly projectDir: string;
  /** `YYYY-MM-DD`: exceptions end. */
  readonly today: string;
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

/** What came of one rule. */
export interface RuleRun {
  readonly rule: Rule;
  readonly verdicts: readonly Verdict[];
  /** How many resources were looked at: with none, nothing is said about the rule. */
  readonly judged: number;
  /** Why resources could not be judged: values that are not known in a preview, or a document that is none. */
  readonly failures: readonly Error[];
}

type Limits = Readonly<Record<string, Limit>>;

/** @param configured  What the pack's configuration sets; the rule's defaults for the rest. */
export function runResourceRule(
  rule: ResourceRule,
  resources: readonly Judged<ResourceToken>[],
  surroundings: Surroundings,
  configured: Limits = {},
): Promise<RuleRun> {
  const context = { limits: limitsOf(rule, configured), root: surroundings.projectDir };
  const judged = resources.filter(({ type }) => rule.types.includes(type));
  return run(rule, judged, (resource) => rule.check(resource, context), surroundings);
}

export function runStackRule(
  rule: StackRule,
  stack: Stack,
  surroundings: Surroundings,
  configured: Limits = {},
): Promise<RuleRun> {
  const context = { limits: limitsOf(rule, configured), root: surroundings.projectDir, stack };
  const judged = stack.ofType(...rule.types);
  return run(rule, judged, (resource) => rule.check(resource, context), surroundings);
}

export function runExceptionsRule(
  rule: ExceptionsRule,
  stackUrn: string,
  ruleNames: readonly string[],
  { projectDir, today }: Surroundings,
  configured: Limits = {},
): RuleRun {
  const findings = rule.check(exceptionsFor(stackUrn, projectDir), {
    limits: limitsOf(rule, configured),
    today,
    ruleNames,
  });
  const verdicts = listOf(findings).map(
    (finding): Verdict => ({ ...finding, rule, urn: undefined, outcome: outcomeOf(rule, finding) }),
  );
  return { rule, verdicts, judged: 1, failures: [] };
}

/** The exceptions of the stack that a URN belongs to. */
export function exceptionsFor(urn: string, projectDir: string): StackExceptions {
  const [, , stack = "", project = ""] = urn.split(/::|:/);
  return readExceptions(projectDir, project, stack);
}

async function run<R extends Judged<ResourceToken>>(
  rule: Rule,
  resources: readonly R[],
  check: (resource: R) => Findings | Promise<Findings>,
  surroundings: Surroundings,
): Promise<RuleRun> {
  const verdicts: Verdict[] = [];
  const failures: Error[] = [];
  for (const resource of resources) {
    try {
      for (const finding of listOf(await check(resource))) {
        verdicts.push(judge(rule, resource, finding, surroundings));
      }
    } catch (error) {
      // What cannot be said of one resource must not hide what is wrong with the others.
      failures.push(isUnknownValue(error) ? error : failure(resource, error));
    }
  }
  return { rule, verdicts, judged: resources.length, failures };
}

function failure({ type, name }: Judged<ResourceToken>, cause: unknown): Error {
  return new Error(`${type} "${name}": ${(cause as Error).message}`, { cause });
}

function judge(
  rule: Rule,
  { urn, name }: Judged<ResourceToken>,
  finding: Finding,
  { projectDir, today }: Surroundings,
): Verdict {
  const exceptions = exceptionsFor(urn, projectDir).exceptions.filter((one) => covers(one, rule.name, name));
  const exception = exceptions.find((one) => !isExpired(one, today)) ?? exceptions[0];
  const holds = exception !== undefined && !isExpired(exception, today);
  return { ...finding, rule, urn, exception, outcome: holds ? "excepted" : outcomeOf(rule, finding) };
}

function outcomeOf(rule: Rule, finding: Finding): "violation" | "warning" {
  return finding.warning || rule.level === "advisory" ? "warning" : "violation";
}

function limitsOf(rule: Rule, configured: Limits): Limits {
  return { ...rule.limits, ...configured };
}

function listOf(findings: Findings): readonly Finding[] {
  if (findings === undefined) return [];
  return Array.isArray(findings) ? findings : [findings as Finding];
}
