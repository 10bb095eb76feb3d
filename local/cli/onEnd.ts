import { processFact } from "../cloud/processFact";

/** `ps` is a process of its own each time. */
const POLL_MS = process.platform === "linux" ? 250 : 2_000;

/**
 * Calls `stop` once when this process should end: by Ctrl-C, by `SIGTERM`, or by the end of npm, whose shell does not hand
 * on the signal that ends it.
 */
export function onEnd(stop: () => Promise<void>): void {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    void stop().then(() => process.exit(0));
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  if (process.env.npm_lifecycle_event === undefined) return;
  // The parent is tsx, and npm's shell is the parent of that: a process whose parent ends gets another one.
  const { ppid } = process;
  const shell = processFact(ppid, "parent");
  setInterval(() => {
    // Without files left, a parent that is there cannot be read.
    const parent = processFact(ppid, "parent") ?? shell;
    if (process.ppid !== ppid || parent !== shell) end();
  }, POLL_MS).unref();
}
