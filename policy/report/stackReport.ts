import { covers, type Exception, readExceptions } from "../lib/exceptions";
import type { Rule } from "../lib/rule";
import type { RuleRun, Surroundings, Verdict } from "../lib/runRule";

/** What the rules say of one stack. */
export interface StackReport {
  readonly stack: string;
  readonly resources: number;
  /** Worst first. */
  readonly verdicts: readonly Verdict[];
  readonly passed: readonly Rule[];
  /** Rules that found none of the resources they are about: nothing is said of those. */
  readonly notRun: readonly Rule[];
  /** Rules that met a value which is not known before the deployment, or one that they cannot read. */
  readonly couldNotRun: readonly { readonly rule: Rule; readonly why: string }[];
  /** Exceptions that no violation needs any more. */
  readonly unusedExceptions: readonly Exception[];
}

export function stackReport(
  place: { readonly project: string; readonly stack: string; readonly resources: number },
  runs: readonly RuleRun[],
  { projectDir }: Surroundings,
): StackReport {
  const verdicts = runs.flatMap((run) => run.verdicts);
  const { exceptions } = readExceptions(projectDir, place.project, place.stack);
  return {
    stack: place.stack,
    resources: place.resources,
    verdicts: verdicts.sort((a, b) => rank(a) - rank(b)),
    passed: runs
      .filter(({ verdicts, judged, failures }) => judged > 0 && verdicts.length + failures.length === 0)
      .map(({ rule }) => rule),
    notRun: runs.filter(({ judged }) => judged === 0).map(({ rule }) => rule),
    couldNotRun: runs.flatMap(({ rule, failures }) =>
      failures.map(({ message }) => ({ rule, why: message })),
    ),
    unusedExceptions: exceptions.filter(
      (exception) =>
        !verdicts.some(({ rule, urn }) => urn !== undefined && covers(exception, rule.name, nameOf(urn))),
    ),
  };
}

/** Whether the stack may not be deployed, or nobody can tell. */
export function fails({ verdicts, couldNotRun }: StackReport): boolean {
  return couldNotRun.length > 0 || verdicts.some(({ outcome }) => outcome === "violation");
}

/** A resource's logical name. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function rank({ outcome, rule }: Verdict): number {
  return (
    ["violation", "warning", "excepted"].indexOf(outcome) * 10 +
    ["critical", "high", "medium", "low"].indexOf(rule.severity)
  );
}
