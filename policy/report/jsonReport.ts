import { type StackReport, statusOf } from "../lib/stackReport";
import { verdictMessage } from "../lib/verdictMessage";

/** A report for programs. */
export function jsonReport(report: StackReport) {
  const { stack, profile, resources, verdicts, passed, notRun, couldNotRun, unusedExceptions } = report;
  const names = (rules: StackReport["passed"]) => rules.map(({ name }) => name);
  const status = statusOf(report);
  return {
    stack,
    profile,
    /** Whether nothing stops the deployment; `status` says whether all of it was looked at. */
    ok: status !== "failed",
    status,
    error: report.error,
    resources,
    verdicts: verdicts.map((verdict) => ({
      rule: verdict.rule.name,
      severity: verdict.rule.severity,
      url: verdict.rule.url,
      outcome: verdict.outcome,
      urn: verdict.urn,
      source: verdict.urn && report.sources.get(verdict.urn),
      found: verdict.found,
      allowed: verdict.allowed,
      message: verdictMessage(verdict),
      exception: verdict.exception,
    })),
    passed: names(passed),
    notRun: names(notRun),
    couldNotRun: couldNotRun.map(({ rule, urn, why, unknown }) => ({ rule: rule.name, urn, why, unknown })),
    unusedExceptions,
    unjudgedTypes: report.unjudgedTypes,
    notes: report.notes,
  };
}
