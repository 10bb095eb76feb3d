/** What the caller of a function asks for. */
export interface InvokeOptions {
  /** @default "RequestResponse" */
  readonly invocationType?: "RequestResponse" | "Event" | "DryRun";
  /** JSON for `context.clientContext`. */
  readonly clientContext?: string;
  /** @default a new one */
  readonly requestId?: string;
  /** X-Ray header handed to the function. */
  readonly traceId?: string;
}

/** What Lambda's REPORT line says of one invocation. */
export interface InvocationReport {
  readonly functionName: string;
  readonly version: string;
  readonly requestId: string;
  readonly status: "success" | "error" | "timeout";
  /** `Runtime.ExitError`, the name of the function's own error, … */
  readonly errorType?: string;
  /** Present when this request started the instance. */
  readonly initMs?: number;
  readonly durationMs: number;
  /** Duration and, since August 2025, initialisation, rounded up. */
  readonly billedMs: number;
  readonly memorySizeMb: number;
  /** Private memory (mapped files do not count); absent where the system does not tell. */
  readonly maxMemoryUsedMb?: number;
}

export interface InvokeResult {
  /** 200, 202 for `Event`, 204 for `DryRun`. */
  readonly statusCode: number;
  readonly payload: Buffer;
  /** Set when the function, not the service, failed; the payload then holds `errorType` and `errorMessage`. */
  readonly functionError?: "Unhandled";
  readonly executedVersion: string;
  /** Last 4 KB of the log, START to REPORT. */
  readonly logTail: string;
  /** Absent for `Event` and `DryRun`. */
  readonly report?: InvocationReport;
}

/** One line of a function's log. */
export interface LogLine {
  readonly functionName: string;
  readonly version: string;
  /** `platform`: START, END, REPORT and what Lambda itself says of a crash. */
  readonly source: "function" | "platform";
  readonly line: string;
}
