import type { Verdict } from "../lib/runRule";
import { groupBy } from "./groupBy";
import { fails, nameOf, type StackReport } from "./stackReport";
import { textTable } from "./textTable";

const HEADER = ["", "RULE", "RESOURCE", "FOUND", "ALLOWED", "WHAT TO DO"];
const WIDTHS = [10, 30, 26, 34, 26, 46];

/** A report for the terminal. */
export function tableReport(report: StackReport): string {
  const { stack, resources, verdicts, passed, notRun, couldNotRun, unusedExceptions } = report;
  const rows = groupAlike(verdicts).map((group) => {
    const [verdict] = group;
    const { outcome, rule, found, allowed } = verdict;
    return [outcome, rule.name, resourcesLabel(group), found, allowed, whatToDo(verdict)];
  });
  const count = (outcome: string) => verdicts.filter((verdict) => verdict.outcome === outcome).length;
  return [
    `Stack ${stack}: ${resources} resources`,
    ...(rows.length > 0 ? [textTable(HEADER, rows, WIDTHS)] : []),
    ...couldNotRun.map(({ rule, why }) => `could not run: ${rule.name}: ${why}`),
    ...unusedExceptions.map(
      ({ rule, resource }) => `exception not needed any more: ${rule} for ${resource} (Pulumi.${stack}.yaml)`,
    ),
    `${passed.length} rules passed, ${notRun.length} not run (nothing of their kind in the stack), ${couldNotRun.length} could not run; ` +
      `${count("violation")} violations, ${count("warning")} warnings, ${count("excepted")} excepted: ${fails(report) ? "FAILED" : "ok"}`,
  ].join("\n");
}

function whatToDo({ outcome, rule, exception }: Verdict): string {
  if (outcome === "excepted") return `until ${exception?.expires}: ${exception?.reason}`;
  return rule.cure + (exception ? ` (The exception ended on ${exception.expires}.)` : "");
}

/** Verdicts that say the same of resources of one type. */
function groupAlike(verdicts: readonly Verdict[]): [Verdict, ...Verdict[]][] {
  return groupBy(verdicts, (verdict) => {
    const { outcome, rule, found, allowed, urn } = verdict;
    return [outcome, rule.name, found, allowed, whatToDo(verdict), urn && typeOf(urn)];
  });
}

/** Logical names and the last part of their type, e.g. `iris, pricing (Function)`. */
function resourcesLabel(verdicts: readonly Verdict[]): string {
  const urns = verdicts.flatMap(({ urn }) => urn ?? []);
  const [first] = urns;
  return first === undefined ? "(the stack)" : `${urns.map(nameOf).join(", ")} (${typeOf(first)})`;
}

function typeOf(urn: string): string {
  return urn.split("::")[2]?.split(":").at(-1) ?? "";
}
