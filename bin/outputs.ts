import path from "node:path";
import { parseArgs } from "node:util";
import { readRunningCloud } from "@paddock/local/cloud";

/** Prints the outputs of the stack that `npm start` serves, as `pulumi stack output --json` does of a deployed one. */
const { values } = parseArgs({
  options: { stack: { type: "string", default: "dev" }, data: { type: "string" } },
});
const running = readRunningCloud(path.resolve(values.data ?? path.join(".paddock", "stacks", values.stack)));
if (running === undefined) {
  console.error(`Nothing serves the stack "${values.stack}" here: start it with \`npm start\`.`);
  process.exit(1);
}
console.log(JSON.stringify(running.outputs, undefined, 2));
