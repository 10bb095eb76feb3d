/** As Go, in which Lambda's init is written, names them in `Runtime exited with error: signal: killed`. */
const signalNames: Readonly<Record<string, string>> = {
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
  if (signal !== null) return `Runtime exited with error: signal: ${signalNames[signal] ?? signal}`;
  if (code === 0) return "Runtime exited without providing a reason";
  return `Runtime exited with error: exit status ${code}`;
}
