import { listProcesses } from "./listProcesses";

/** Whether a process has not ended. One that ended keeps its id until its parent looks, in a container perhaps for ever. */
export function isAlive(pid: number): boolean {
  return listProcesses().some((running) => running.pid === pid);
}
