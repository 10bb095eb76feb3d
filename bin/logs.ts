import { boolean, command, wholeNumber } from "@paddock/local/command";
import { logFile, loggedNames } from "@paddock/local/logFiles";
import { nearest } from "@paddock/local/nearest";
import { addedLines, lastLines } from "@paddock/local/readLog";
import { readRunningCloud } from "@paddock/local/running";
import { dataFolderOf, STACK_OPTIONS, servedHere } from "./lib/stackHere";

command({
  usage: "npm run -s logs -- ENDPOINT [options]",
  about: "Prints what a function that npm start serves has logged, with Lambda's own lines.",
  options: {
    follow: boolean("go on with what is added, until Ctrl-C"),
    lines: wholeNumber([0, 100_000], "this many of the last lines", 50),
    ...STACK_OPTIONS,
  },
  words: [1, 1],
  async run({ follow, lines, ...stack }, [name = ""]) {
    const dataDir = dataFolderOf(stack);
    const running = servedHere(stack);
    const names = [...new Set([...Object.keys(running.outputs.examples ?? {}), ...loggedNames(dataDir)])];
    if (!names.includes(name)) {
      throw new Error(`There is no function "${name}" here${nearest(name, names)}: ${names.join(", ")}.`);
    }
    const file = logFile(dataDir, name);
    const added = addedLines(file, () => readRunningCloud(dataDir)?.pid === running.pid);
    const last = lastLines(file, lines);
    for (const line of last) console.log(line);
    if (!follow) {
      if (last.length === 0 && lines > 0) console.error(`${name} has logged nothing yet: call it first.`);
      return;
    }
    for await (const line of added) console.log(line);
    console.error(`The local cloud (process ${running.pid}) has ended.`);
  },
});
