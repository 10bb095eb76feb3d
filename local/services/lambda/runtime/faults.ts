/**
 * Injects faults into a function's process (`npm start -- --fault`): loaded where an event comes with faults, and
 * before the handler where its volume may have some.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { EventFaults } from "../lambdaFaults";

type Call = (...args: unknown[]) => unknown;

/** Functions of `fs`, with the arguments that name what they change; those of the second group need no room. */
const MAKING: Readonly<Record<string, readonly number[]>> = {
  appendFile: [0],
  copyFile: [1],
  cp: [1],
  link: [1],
  mkdir: [0],
  mkdtemp: [0],
  open: [0],
  symlink: [1],
  writeFile: [0],
};
const CHANGING: Readonly<Record<string, readonly number[]>> = {
  chmod: [0],
  chown: [0],
  lutimes: [0],
  rename: [0, 1],
  rm: [0],
  rmdir: [0],
  truncate: [0],
  unlink: [0],
  utimes: [0],
};
const SAYS = {
  EROFS: { errno: -30, text: "read-only file system" },
  ENOSPC: { errno: -28, text: "no space left on device" },
} as const;

let current: EventFaults | undefined;

// When this is loaded, and so before a handler can keep a function of `fs` for itself.
for (const [names, isMaking] of [
  [MAKING, true],
  [CHANGING, false],
] as const) {
  for (const [name, places] of Object.entries(names)) {
    const check = (args: unknown[]) => fault(name, args, places, isMaking);
    patch(fs, name, (call) => (...args) => {
      const error = check(args);
      const callback = args.at(-1);
      if (error === undefined || typeof callback !== "function") return call(...args);
      return process.nextTick(callback as Call, error);
    });
    patch(fs, `${name}Sync`, (call) => (...args) => {
      const error = check(args);
      if (error !== undefined) throw error;
      return call(...args);
    });
    patch(fs.promises, name, (call) => async (...args) => {
      const error = check(args);
      if (error !== undefined) throw error;
      return call(...args);
    });
  }
}
syncBuiltinESMExports();

/** Takes what is to go wrong with the event that begins. */
export function begin(faults: EventFaults | undefined): void {
  current = faults;
}

/** Ends the process, or never, where that is to happen before the response is sent. */
export async function end(): Promise<void> {
  if (current?.process === "kill") process.kill(process.pid, "SIGKILL");
  if (current?.process === "oom") await fillMemory();
  if (current?.process !== undefined) await new Promise(() => setInterval(() => undefined, 60_000));
}

function patch(target: object, name: string, wrap: (call: Call) => Call): void {
  const call: unknown = Reflect.get(target, name);
  if (typeof call === "function") Reflect.set(target, name, wrap(call.bind(target) as Call));
}

function fault(
  name: string,
  args: unknown[],
  places: readonly number[],
  isMaking: boolean,
): Error | undefined {
  const { volume } = current ?? {};
  if (volume === undefined || (volume.code === "ENOSPC" && !isMaking)) return undefined;
  if (name === "open" && isReading(args[1])) return undefined;
  const file = places.map((place) => String(args[place])).find((one) => isBelow(one, volume.folder));
  if (file === undefined) return undefined;
  const { errno, text } = SAYS[volume.code];
  const error = new Error(`${volume.code}: ${text}, ${name} '${file}'`);
  return Object.assign(error, { errno, code: volume.code, syscall: name, path: file });
}

function isReading(flags: unknown): boolean {
  if (typeof flags === "number") {
    const { O_WRONLY, O_RDWR, O_CREAT } = fs.constants;
    return (flags & (O_WRONLY | O_RDWR | O_CREAT)) === 0;
  }
  return typeof flags !== "string" || flags === "r" || flags === "rs";
}

function isBelow(file: string, folder: string): boolean {
  const relative = path.relative(folder, path.resolve(file));
  return relative === "" || (!relative.startsWith("..") && !path.isAbsolute(relative));
}

/** Until the local cloud ends the process, as Lambda does; where nothing looks at its memory, it ends itself. */
async function fillMemory(): Promise<void> {
  const limit = Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE) * 1024 * 1024;
  const chunk = 8 * 1024 * 1024;
  const held: Buffer[] = [];
  while (held.length * chunk < 1.2 * limit) {
    held.push(Buffer.alloc(chunk, 1));
    await sleep(5);
  }
  await sleep(500);
  process.kill(process.pid, "SIGKILL");
}
