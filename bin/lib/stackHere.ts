import path from "node:path";
import { text } from "@paddock/local/command";
import { type RunningCloud, readRunningCloud, whyNotServed } from "@paddock/local/running";

/** Options of a command about the stack that `npm start` serves. */
export const STACK_OPTIONS = {
  stack: text("NAME", "stack that the local cloud serves", "dev"),
  data: text("DIR", "the local cloud's data (default .paddock/stacks/NAME)"),
};

interface StackValues {
  readonly stack: string;
  readonly data: string | undefined;
}

/** The local cloud's data folder. */
export function dataFolderOf({ stack, data }: StackValues): string {
  return path.resolve(data ?? path.join(".paddock", "stacks", stack));
}

/** Says why the stack is not served here; without a full stop. */
export function whyNotHere(values: StackValues): string {
  return whyNotServed(values.stack, dataFolderOf(values), values.data === undefined);
}

/** @throws Error  Nothing serves the stack here: why, and what to do. */
export function servedHere(values: StackValues): RunningCloud {
  const running = readRunningCloud(dataFolderOf(values));
  if (running === undefined) throw new Error(`${whyNotHere(values)}.`);
  return running;
}
