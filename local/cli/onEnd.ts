const POLL_MS = 250;

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
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, POLL_MS).unref();
}
