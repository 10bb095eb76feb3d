import { EvaluatingProcess } from "./evaluatingProcess";

let waiting: EvaluatingProcess | undefined;

/** Starts the process of the next evaluation, which loads Pulumi's SDK while it waits. */
export function startProcessAhead(): void {
  waiting ??= new EvaluatingProcess();
}

/** The process that was started ahead, or a new one. */
export function takeProcess(): EvaluatingProcess {
  const taken = waiting ?? new EvaluatingProcess();
  waiting = undefined;
  return taken;
}
