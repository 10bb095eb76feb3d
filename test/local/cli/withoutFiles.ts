import fs from "node:fs";
import { onEnd } from "../../../local/cli/onEnd";

/** Looks at its parent several times while no file can be opened. */
onEnd(async () => console.log("ended"));
try {
  for (;;) fs.openSync("/dev/null", "r");
} catch (error) {
  console.log((error as NodeJS.ErrnoException).code);
}
setTimeout(() => console.log("goes on"), 1_500);
