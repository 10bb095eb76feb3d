import { setTimeout as sleep } from "node:timers/promises";
import { command, text, wholeNumber } from "@paddock/local/command";
import { holderOf, missingStack } from "@paddock/local/running";
import { dataFolderOf, STACK_OPTIONS } from "./lib/stackHere";

const POLL_MS = 50;

command({
  usage: "npm run -s stop -- [options]",
  about: "Ends the local cloud that serves a stack here, with every function's process.",
  options: {
    ...STACK_OPTIONS,
    data: text(
      "DIR",
      "the local cloud's data (default .paddock/stacks/NAME; of npm run local .paddock/local)",
    ),
    seconds: wholeNumber([1, 600], "wait this long for its end", 30),
  },
  async run({ stack, data, seconds }) {
    const dataDir = dataFolderOf({ stack, data });
    const running = holderOf(dataDir);
    if (running === undefined) {
      const missing = data === undefined ? missingStack(stack, process.cwd()) : undefined;
      if (missing !== undefined) throw new Error(`${missing}.`);
      console.log(`Nothing serves the stack "${stack}" here.`);
      return;
    }
    process.kill(running.pid, "SIGTERM");
    const end = performance.now() + seconds * 1000;
    while (holderOf(dataDir)?.pid === running.pid) {
      if (performance.now() > end) {
        throw new Error(
          `Process ${running.pid} still runs after ${seconds} s: \`kill -9 ${running.pid}\` ends it at once.`,
        );
      }
      await sleep(POLL_MS);
    }
    console.log(`The local cloud of the stack "${stack}" (process ${running.pid}) has ended.`);
  },
});
