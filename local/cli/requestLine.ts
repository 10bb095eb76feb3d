import type { RequestReport } from "../services/lambda/requestReport";
import { failureLines } from "./failureLines";

/**
 * One request as one line: function, status, what was asked, time and memory as Lambda reports them. What failed is below
 * it, a line each.
 */
export function requestLine({
  functionName,
  status,
  method,
  path,
  durationMs,
  invocation,
}: RequestReport): string {
  const columns = [
    (functionName ?? "-").padEnd(28),
    String(status),
    `${method} ${path}`.padEnd(28),
    ...(invocation
      ? [
          invocation.initMs === undefined ? "warm" : `init ${Math.round(invocation.initMs)} ms`,
          `billed ${invocation.billedMs} ms`,
          ...(invocation.maxMemoryUsedMb === undefined ? [] : [`${invocation.maxMemoryUsedMb} MB`]),
          ...(invocation.error === undefined ? [] : [invocation.error.errorType]),
        ]
      : [`${durationMs.toFixed(1)} ms`]),
  ];
  return [columns.join("  "), ...(invocation ? failureLines(invocation) : [])].join("\n");
}
