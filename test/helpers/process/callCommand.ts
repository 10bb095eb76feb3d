import { type Command, perform } from "@paddock/local/command";

/**
 * Calls one of the project's commands in this process, without the second that a process of its own takes to begin.
 *
 * @returns  Exit code, and what it printed to both streams but for the steps that took time
 */
export async function callCommand(
  // biome-ignore lint/suspicious/noExplicitAny: a command's options have values of their own types.
  command: Command<any>,
  args: readonly string[],
): Promise<{ exit: number; output: string }> {
  const streams = [process.stdout, process.stderr];
  const outside = streams.map(({ write, isTTY }) => ({ write, isTTY }));
  const { exitCode } = process;
  let output = "";
  for (const stream of streams) {
    const write = (chunk: string | Uint8Array) => {
      output += chunk;
      return true;
    };
    Object.assign(stream, { write, isTTY: false });
  }
  try {
    process.exitCode = undefined;
    // A command may also leave its code to the process that it thinks is its own.
    const exit = (await perform(command, args)) || Number(process.exitCode ?? 0);
    return { exit, output: output.replace(/^ *\d+\.\d s {2}.*\n/gm, "") };
  } finally {
    process.exitCode = exitCode;
    for (const [i, stream] of streams.entries()) Object.assign(stream, outside[i]);
  }
}
