import type { FunctionFailure } from "./invocation";

/** How one request ended in an instance. */
export type Outcome =
  | { readonly status: "success"; readonly payload: Buffer }
  | { readonly status: "error" | "timeout"; readonly payload: Buffer; readonly error: FunctionFailure };

/** An outcome that the service words itself, as Lambda does for a crash or a timeout. */
export function fault(status: "error" | "timeout", errorType: string, errorMessage: string): Outcome {
  const payload = Buffer.from(JSON.stringify({ errorType, errorMessage }));
  return { status, payload, error: { errorType, errorMessage, trace: [] } };
}

/** An outcome that the function's runtime reported; it may post anything, and the caller gets that as it is. */
export function reported(payload: Buffer): Outcome {
  const { errorType, errorMessage, trace } = parse(payload);
  const error = {
    errorType: typeof errorType === "string" ? errorType : "Unhandled",
    errorMessage: typeof errorMessage === "string" ? errorMessage : "",
    trace: Array.isArray(trace) ? trace.map(String) : [],
  };
  return { status: "error", payload, error };
}

function parse(payload: Buffer): Partial<Record<keyof FunctionFailure, unknown>> {
  try {
    return Object(JSON.parse(payload.toString("utf8")));
  } catch {
    return {};
  }
}

/** How Lambda words the end of a function's time. @param timeout seconds */
export function timeoutMessage(timeout: number): string {
  return `Task timed out after ${timeout.toFixed(2)} seconds`;
}

/** The end of a request whose time was up. @param timeout seconds */
export function timedOut(requestId: string, timeout: number): Outcome {
  return fault("timeout", "Sandbox.Timedout", `RequestId: ${requestId} Error: ${timeoutMessage(timeout)}`);
}

/** Signals as Go names them, in which Lambda's init is written. */
const SIGNAL_NAMES: Readonly<Record<string, string>> = {
  SIGKILL: "killed",
  SIGSEGV: "segmentation fault",
  SIGABRT: "aborted",
  SIGBUS: "bus error",
  SIGFPE: "floating point exception",
  SIGILL: "illegal instruction",
  SIGTERM: "terminated",
  SIGINT: "interrupt",
  SIGHUP: "hangup",
  SIGTRAP: "trace/breakpoint trap",
};

/** How Lambda words the end of a process in the middle of a request. */
export function exitMessage(code: number | null, signal: string | null): string {
  if (signal !== null) return `Runtime exited with error: signal: ${SIGNAL_NAMES[signal] ?? signal}`;
  if (code === 0) return "Runtime exited without providing a reason";
  return `Runtime exited with error: exit status ${code}`;
}

/** Why a process did not start, with the cure where the local cloud has no files left. */
export function startProblem({ message, code }: NodeJS.ErrnoException): string {
  if (code !== "EMFILE" && code !== "ENFILE") return message;
  return `${message}; start the local cloud in a shell with a higher limit of open files, such as \`ulimit -n 4096\``;
}
