import type { FunctionInstance } from "./functionInstance";
import type { InvocationReport } from "./invocation";
import { isErrorLine } from "./logLine";
import { type Outcome, timeoutMessage } from "./outcome";

/** The request's own part of the report. */
type RequestFacts = Pick<InvocationReport, "requestId" | "durationMs" | "initMs"> & {
  readonly event: Buffer;
};

/**
 * @param log     What was logged for the request.
 * @param initMs  Present when the request started the instance.
 */
export function reportOf(
  { version: { configuration, version }, maxMemoryUsed }: FunctionInstance,
  outcome: Outcome,
  log: readonly string[],
  { requestId, durationMs, initMs, event }: RequestFacts,
): InvocationReport {
  return {
    functionName: configuration.functionName,
    version,
    requestId,
    status: outcome.status,
    ...(outcome.status !== "success" && { error: outcome.error }),
    loggedErrors: log.filter(isErrorLine),
    ...(initMs !== undefined && { initMs }),
    durationMs,
    billedMs: Math.ceil(durationMs + (initMs ?? 0)),
    memorySizeMb: configuration.memorySize,
    ...(maxMemoryUsed !== undefined && { maxMemoryUsedMb: Math.ceil(maxMemoryUsed / 1024 / 1024) }),
    exchange: { event, response: outcome.payload, log },
  };
}

/** Lambda's own log lines at the end of a request: the words of a crash or timeout, END, REPORT. */
export function endLines(report: InvocationReport, timeout: number): string[] {
  const { requestId, error } = report;
  const lines: string[] = [];
  if (error?.errorType === "Runtime.ExitError" || error?.errorType === "Runtime.OutOfMemory") {
    lines.push(`${error.errorMessage}\n${error.errorType}`);
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
    ...(report.status === "error" ? [`Error Type: ${report.error?.errorType}`] : []),
  ].join("\t");
}
