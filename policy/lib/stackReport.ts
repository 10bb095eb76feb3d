import type { Declared } from "@paddock/local/program";
import { covers, type Exception } from "./exceptions";
import type { Judgement } from "./judgeStack";
import type { Profile } from "./profile";
import type { Rule } from "./rule";
import type { RuleRun, Verdict } from "./runRule";

/** The rules' verdicts on one stack, and what they did not look at. */
export interface StackReport {
  readonly stack: string;
  readonly profile: Profile;
  /** How many, the stack itself left out. */
  readonly resources: number;
  /** Worst first. */
  readonly verdicts: readonly Verdict[];
  readonly passed: readonly Rule[];
  /** Rules that found none of the resources they are about: nothing is said of those. */
  readonly notRun: readonly Rule[];
  readonly couldNotRun: readonly CouldNotRun[];
  /** Exceptions that no violation needs any more. */
  readonly unusedExceptions: readonly Exception[];
  /** Types of the stack's resources that no rule looks at. */
  readonly unjudgedTypes: readonly { readonly type: string; readonly resources: number }[];
  /** Values that nobody could know here; a sentence each. */
  readonly notes: readonly string[];
  /** Why the program could not be evaluated. */
  readonly error?: string;
  /** The line of the program that declares a resource, by URN. */
  readonly sources: ReadonlyMap<string, Source>;
}

/** A rule that met a value which is not known before the deployment, or one that it cannot read. */
export interface CouldNotRun {
  readonly rule: Rule;
  readonly urn: string;
  readonly why: string;
  /** Whether only AWS, another stack or the engine knows the value. */
  readonly unknown: boolean;
}

export interface Source {
  readonly file: string;
  readonly line: number;
}

/** `failed`: a mandatory rule is broken, or nobody looked. `incomplete`: what could be looked at is right. */
export type Status = "ok" | "incomplete" | "failed";

interface Judged extends Judgement {
  readonly stack: string;
  readonly profile: Profile;
  readonly exceptions: readonly Exception[];
  readonly resources: readonly Declared[];
  readonly notes: readonly string[];
}

export function stackReport(judged: Judged): StackReport {
  const { stack, profile, exceptions, resources, notes, runs, lookedAt } = judged;
  const verdicts = runs.flatMap((run) => run.verdicts);
  const about = runs.filter(({ rule }) => rule.scope !== "exceptions");
  return {
    stack,
    profile,
    resources: resources.filter(({ type }) => type !== "pulumi:pulumi:Stack").length,
    verdicts: verdicts.sort((a, b) => rank(a) - rank(b)),
    passed: about
      .filter(({ verdicts, judged, failures }) => judged > 0 && verdicts.length + failures.length === 0)
      .map(({ rule }) => rule),
    notRun: about.filter(({ judged }) => judged === 0).map(({ rule }) => rule),
    couldNotRun: runs.flatMap(({ rule, failures }) =>
      failures.map(({ urn, error, unknown }) => ({ rule, urn, why: error.message, unknown })),
    ),
    unusedExceptions: unusedExceptions(exceptions, runs),
    unjudgedTypes: unjudgedTypes(resources, lookedAt),
    notes,
    sources: new Map(resources.flatMap(({ urn, source }) => (source ? [[urn, source]] : []))),
  };
}

/** The report of a program that ended before anybody could judge it. */
export function unevaluated(
  stack: string,
  profile: Profile,
  error: string,
  notes: readonly string[] = [],
): StackReport {
  const nothing = {
    verdicts: [],
    passed: [],
    notRun: [],
    couldNotRun: [],
    unusedExceptions: [],
    unjudgedTypes: [],
  };
  return { stack, profile, resources: 0, ...nothing, notes, error, sources: new Map() };
}

/** Whether anything was judged at all. */
export function isEmpty({ verdicts, passed, couldNotRun }: StackReport): boolean {
  return passed.length + verdicts.filter(({ urn }) => urn !== undefined).length + couldNotRun.length === 0;
}

export function statusOf(report: StackReport): Status {
  const { verdicts, couldNotRun, profile, error } = report;
  const isBroken = verdicts.some(({ outcome }) => outcome === "violation");
  // The engine's preview knows more values; a `strict` stack has no unknown ones here.
  const isUnread = couldNotRun.some(({ unknown }) => !unknown || profile === "strict");
  if (error !== undefined || isBroken || isUnread || isEmpty(report)) return "failed";
  return couldNotRun.length > 0 ? "incomplete" : "ok";
}

/** A resource's logical name. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function unusedExceptions(exceptions: readonly Exception[], runs: readonly RuleRun[]): Exception[] {
  const needed = runs.flatMap(({ rule, verdicts, failures }) =>
    [...verdicts, ...failures].flatMap(({ urn }) =>
      urn === undefined ? [] : [{ rule: rule.name, name: nameOf(urn) }],
    ),
  );
  const enabled = new Set(runs.map(({ rule }) => rule.name));
  return exceptions.filter(
    (exception) =>
      enabled.has(exception.rule) && !needed.some(({ rule, name }) => covers(exception, rule, name)),
  );
}

/** Providers and components hold no resource of AWS by themselves. */
function unjudgedTypes(resources: Judged["resources"], lookedAt: ReadonlySet<string>) {
  const counts = new Map<string, number>();
  for (const { type, custom } of resources) {
    if (!custom || type.startsWith("pulumi:") || lookedAt.has(type)) continue;
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts].sort().map(([type, count]) => ({ type, resources: count }));
}

function rank({ outcome, rule }: Verdict): number {
  return (
    ["violation", "warning", "excepted"].indexOf(outcome) * 10 +
    ["critical", "high", "medium", "low"].indexOf(rule.severity)
  );
}
