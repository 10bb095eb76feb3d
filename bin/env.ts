import path from "node:path";
import { exportLines, readRunningCloud, whyNotServed } from "@paddock/local/cloud";
import { command, text } from "@paddock/local/command";
import { administratorKey } from "./lib/s3AccessOf";

command({
  usage: 'eval "$(npm run -s env -- [options])"',
  about:
    "Prints what a shell has to export so that AWS's own command line and the SDKs work on what `npm start` serves.",
  options: {
    stack: text("NAME", "stack that the local cloud serves", "dev"),
    data: text("DIR", "the local cloud's data (default .paddock/stacks/NAME)"),
  },
  run({ stack, data }) {
    const dataDir = path.resolve(data ?? path.join(".paddock", "stacks", stack));
    const running = readRunningCloud(dataDir);
    if (running === undefined) {
      throw new Error(`${whyNotServed(stack, dataDir, data === undefined)}.`);
    }
    const { endpoint } = running.outputs;
    console.log(exportLines({ key: administratorKey(dataDir), region: running.region, endpoint }).join("\n"));
  },
});
