import type { Verdict } from "../lib/runRule";
import { isEmpty, nameOf, type StackReport, statusOf } from "../lib/stackReport";
import { counted } from "./counted";
import { groupBy } from "./groupBy";
import { textTable, wrap } from "./textTable";

const HEADER = ["", "RULE, RESOURCE", "FOUND, ALLOWED, WHAT TO DO, PAGE"];
const WIDTHS = [9, 30];
const WIDTH = 80;

/** A report for the terminal. */
export function tableReport(report: StackReport): string {
  const { stack, profile, resources, verdicts, passed, notRun, couldNotRun, error } = report;
  const rows = groupAlike(verdicts).map(rowOf);
  const count = (outcome: string) => verdicts.filter((verdict) => verdict.outcome === outcome).length;
  const violations = counted(count("violation"), "violation");
  const warnings = counted(count("warning"), "warning");
  const paragraphs = [
    ...(error === undefined ? [] : [`could not be evaluated: ${error}`]),
    ...couldNotRun.map(({ rule, urn, why }) => `could not run: ${rule.name} for ${nameOf(urn)}: ${why}`),
    ...remarks(report),
    error === undefined
      ? `${counted(passed.length, "rule")} passed, ${notRun.length} not run (nothing of their kind in the stack), ${couldNotRun.length} could not run; ` +
        `${violations}, ${warnings}, ${count("excepted")} excepted: ${statusWord(report)}`
      : `nothing was judged: ${statusWord(report)}`,
  ];
  return [
    `Stack ${stack}: ${counted(resources, "resource")}, profile ${profile}`,
    ...(rows.length > 0 ? [textTable(HEADER, rows, WIDTHS, WIDTH)] : []),
    ...paragraphs.map((text) => wrap(text, WIDTH).join("\n")),
  ].join("\n");
}

function rowOf(group: readonly [Verdict, ...Verdict[]]): string[][] {
  const [verdict] = group;
  const { outcome, rule, found, allowed } = verdict;
  return [
    [outcome, rule.severity],
    [rule.name, resourcesLabel(group)],
    [`${found}; allowed: ${allowed}.`, whatToDo(verdict), rule.url],
  ];
}

/** Lists what no rule looked at, and what is no longer needed. */
function remarks(report: StackReport): string[] {
  const { stack, unjudgedTypes, notes, unusedExceptions, error } = report;
  const types = unjudgedTypes.map(({ type, resources }) => (resources > 1 ? `${type} (${resources})` : type));
  return [
    ...notes.map((note) => `note: ${note}`),
    ...(types.length > 0 ? [`no rule looks at: ${types.join(", ")}`] : []),
    ...unusedExceptions.map(
      ({ rule, resource }) => `exception not needed any more: ${rule} for ${resource} (Pulumi.${stack}.yaml)`,
    ),
    ...(error === undefined && isEmpty(report)
      ? ["nothing was judged: the program declares no resource that a rule is about"]
      : []),
  ];
}

function statusWord(report: StackReport): string {
  const status = statusOf(report);
  return status === "ok" ? status : status.toUpperCase();
}

function whatToDo({ outcome, rule, exception }: Verdict): string {
  if (outcome === "excepted") return `Excepted until ${exception?.expires}: ${exception?.reason}.`;
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
