import path from "node:path";
import { readRunningCloud, whyNotServed } from "@paddock/local/cloud";
import { command, text } from "@paddock/local/command";

command({
  usage: "npm run -s outputs -- [options]",
  about:
    "Prints the outputs of the stack that npm start serves, as `pulumi stack output --json` does of a deployed one.",
  options: {
    stack: text("NAME", "stack that the local cloud serves", "dev"),
    data: text("DIR", "the local cloud's data (default .paddock/stacks/NAME)"),
  },
  run({ stack, data }) {
    const dataDir = path.resolve(data ?? path.join(".paddock", "stacks", stack));
    const running = readRunningCloud(dataDir);
    if (running === undefined) throw new Error(`${whyNotServed(stack, dataDir, data === undefined)}.`);
    console.log(JSON.stringify(running.outputs, undefined, 2));
  },
});
