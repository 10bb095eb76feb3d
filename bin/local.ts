import path from "node:path";
import { serveEngineCloud } from "@paddock/local/cli";
import { runPulumi } from "@paddock/local/engine";

/** `npm run local` serves a local cloud for the real engine; `npm run local -- up` (preview, destroy, …) deploys to it. */
const args = process.argv.slice(2);
const place = { projectDir: process.cwd(), dataDir: path.resolve(".paddock", "local") };
const isServe = args[0] === undefined || (args[0].startsWith("-") && args[0] !== "-h");

(isServe ? serveEngineCloud(args, place) : runPulumi(args, place)).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
