import { command } from "@paddock/local/command";
import { exportLines } from "@paddock/local/running";
import { administratorKey } from "./lib/s3AccessOf";
import { dataFolderOf, STACK_OPTIONS, servedHere } from "./lib/stackHere";

command({
  usage: 'eval "$(npm run -s env -- [options])"',
  about:
    "Prints what a shell has to export so that AWS's own command line and the SDKs work on what `npm start` serves.",
  options: STACK_OPTIONS,
  run(values) {
    const { outputs, region } = servedHere(values);
    const key = administratorKey(dataFolderOf(values));
    console.log(exportLines({ key, region, endpoint: outputs.endpoint }).join("\n"));
  },
});
