import { fails, resourceLabel, type StackReport } from "./stackReport";
import { textTable } from "./textTable";

const HEADER = ["", "RULE", "RESOURCE", "FOUND", "ALLOWED", "WHAT TO DO"];
const WIDTHS = [10, 30, 26, 34, 26, 46];

/** A report for the terminal. */
export function tableReport(report: StackReport): string {
  const { stack, resources, verdicts, passed, notRun, couldNotRun, unusedExceptions } = report;
  const rows = verdicts.map(({ outcome, rule, urn, found, allowed, exception }) => [
    outcome,
    rule.name,
    resourceLabel(urn),
    found,
    allowed,
    outcome === "excepted"
      ? `until ${exception?.expires}: ${exception?.reason}`
      : rule.cure + (exception ? ` (The exception ended on ${exception.expires}.)` : ""),
  ]);
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
