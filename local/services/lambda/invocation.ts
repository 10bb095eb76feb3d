/** A caller's request to a function. */
export interface InvokeOptions {
  /** JSON for `context.clientContext`. */
  readonly clientContext?: string;
  /** @default a new one */
  readonly requestId?: string;
  /** X-Ray header handed to the function. */
  readonly traceId?: string;
  /** Called at the end of each run of an event that is invoked later. */
  onRun?(report: InvocationReport): void;
}

/** Why a function failed. */
export interface FunctionFailure {
  /** `Runtime.ExitError`, the name of the function's own error, … */
  readonly errorType: string;
  readonly errorMessage: string;
  /** The error's stack, a line each; empty where the process ended. */
  readonly trace: readonly string[];
}

/** The figures of Lambda's REPORT line for one invocation. */
export interface InvocationReport {
  readonly functionName: string;
  readonly version: string;
  readonly requestId: string;
  readonly status: "success" | "error" | "timeout";
  /** Absent for a success. */
  readonly error?: FunctionFailure;
  /** Lines that the function logged as errors while it worked on the request. */
  readonly loggedErrors: readonly string[];
  /** Present when this request started the instance. */
  readonly initMs?: number;
  readonly durationMs: number;
  /** Duration and, since August 2025, initialisation, rounded up. */
  readonly billedMs: number;
  readonly memorySizeMb: number;
  /** Private memory (mapped files do not count); absent where the system does not tell. */
  readonly maxMemoryUsedMb?: number;
  /** The event, its response, and the log lines from START to REPORT. */
  readonly exchange: {
    readonly event: Buffer;
    readonly response: Buffer;
    readonly log: readonly string[];
  };
}

/** A synchronous invocation that ran. */
export interface Invoked {
  readonly statusCode: 200;
  readonly payload: Buffer;
  /** Set when the function, not the service, failed; the payload then holds `errorType` and `errorMessage`. */
  readonly functionError?: "Unhandled";
  readonly executedVersion: string;
  /** Last 4 KB of the log, START to REPORT. */
  readonly logTail: string;
  readonly report: InvocationReport;
}

/** An invocation of type `Event` (202) or `DryRun` (204): nothing has run yet. */
export interface Accepted {
  readonly statusCode: 202 | 204;
  readonly executedVersion: string;
}

/** One line of a function's log. */
export interface LogLine {
  readonly functionName: string;
  readonly version: string;
  /** `platform`: START, END, REPORT and what Lambda itself says of a crash. */
  readonly source: "function" | "platform";
  readonly line: string;
}
