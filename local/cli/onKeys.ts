import { processFact } from "../cloud/processFact";

type Input = Pick<NodeJS.ReadStream, "isTTY" | "setRawMode" | "on">;

const CTRL_C = "\x03";

/**
 * Calls an action when its key is pressed in the command's terminal; Ctrl-C ends the process as ever. A command in the
 * background gets no keys: it would be stopped for asking.
 *
 * @returns  Whether there is a terminal to press keys in.
 */
export function onKeys(
  actions: Readonly<Record<string, () => void>>,
  input: Input = process.stdin,
  {
    isForeground = hasTerminal(),
    interrupt = (): unknown => process.kill(process.pid, "SIGINT"),
  }: { readonly isForeground?: boolean; interrupt?(): unknown } = {},
): boolean {
  if (!input.isTTY || !isForeground) return false;
  input.setRawMode(true);
  input.on("data", (data: Buffer | string) => {
    const key = String(data);
    if (key === CTRL_C) interrupt();
    else if (Object.hasOwn(actions, key)) actions[key]?.();
  });
  return true;
}

/** Whether the terminal's keys go to this process. */
function hasTerminal(): boolean {
  return processFact(process.pid, "group") === processFact(process.pid, "foreground");
}
