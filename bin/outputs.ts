import { command } from "@paddock/local/command";
import { STACK_OPTIONS, servedHere } from "./lib/stackHere";

command({
  usage: "npm run -s outputs -- [options]",
  about:
    "Prints the outputs of the stack that npm start serves, as `pulumi stack output --json` does of a deployed one.",
  options: STACK_OPTIONS,
  run(values) {
    console.log(JSON.stringify(servedHere(values).outputs, undefined, 2));
  },
});
