import type { InvocationReport } from "./invocation";
import type { Outcome } from "./outcome";
import { timeoutMessage } from "./timeoutMessage";

/** What Lambda itself writes to the log at the end of a request: the words of a crash or timeout, END, REPORT. */
export function endLines(report: InvocationReport, outcome: Outcome, timeout: number): string[] {
  const { requestId, errorType } = report;
  const lines: string[] = [];
  if (errorType === "Runtime.ExitError" || errorType === "Runtime.OutOfMemory") {
    lines.push(`${JSON.parse(outcome.payload.toString("utf8")).errorMessage}\n${errorType}`);
  }
  if (report.status === "timeout")
    lines.push(`${new Date().toISOString()} ${requestId} ${timeoutMessage(timeout)}`);
  lines.push(`END RequestId: ${requestId}`, reportLine(report));
  return lines;
}

function reportLine(report: InvocationReport): string {
  return [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${report.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${report.billedMs} ms`,
    `Memory Size: ${report.memorySizeMb} MB`,
    `Max Memory Used: ${report.maxMemoryUsedMb ?? "?"} MB`,
    ...(report.initMs === undefined ? [] : [`Init Duration: ${report.initMs.toFixed(2)} ms`]),
    ...(report.status === "success" ? [] : [`Status: ${report.status}`]),
    ...(report.status === "error" ? [`Error Type: ${report.errorType}`] : []),
  ].join("\t");
}
