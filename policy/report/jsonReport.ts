import { verdictMessage } from "../lib/verdictMessage";
import { fails, type StackReport } from "./stackReport";

/** A report for programs. */
export function jsonReport(report: StackReport) {
  const { stack, resources, verdicts, passed, notRun, couldNotRun, unusedExceptions } = report;
  const names = (rules: StackReport["passed"]) => rules.map(({ name }) => name);
  return {
    stack,
    ok: !fails(report),
    resources,
    verdicts: verdicts.map((verdict) => ({
      rule: verdict.rule.name,
      severity: verdict.rule.severity,
      outcome: verdict.outcome,
      urn: verdict.urn,
      found: verdict.found,
      allowed: verdict.allowed,
      message: verdictMessage(verdict),
      exception: verdict.exception,
    })),
    passed: names(passed),
    notRun: names(notRun),
    couldNotRun: couldNotRun.map(({ rule, why }) => ({ rule: rule.name, why })),
    unusedExceptions,
  };
}
