import { fork } from "node:child_process";
import { once } from "node:events";

/** A server that runs until it is closed. */
export interface Server {
  /** `http://127.0.0.1:port` */
  readonly address: string;
  close(): Promise<void> | void;
}

/**
 * Starts a server in a process of its own: code that V8 compiles for one server does not help another.
 *
 * @param file  Absolute path of a module with `serve`, which gets `args`.
 */
export async function serverProcess(
  file: string,
  ...args: readonly string[]
): Promise<Server & { readonly pid: number }> {
  const child = fork(__filename, [file, ...args]);
  const address = await new Promise<string>((resolve, reject) => {
    child.once("message", (message) => resolve(String(message)));
    child.once("exit", (code) => reject(new Error(`${file} ended with exit status ${code}`)));
  });
  return {
    address,
    pid: child.pid ?? 0,
    async close() {
      child.disconnect();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

async function serveHere([file = "", ...args]: readonly string[]): Promise<void> {
  const { serve } = require(file) as { serve(...args: readonly string[]): Promise<Server> };
  const { address, close } = await serve(...args);
  process.once("disconnect", async () => {
    await close();
    process.exit();
  });
  process.send?.(address);
}

if (require.main === module) void serveHere(process.argv.slice(2));
