import fs from "node:fs";
import { tryFormats } from "./tryFormats";

/** Tries files in a process of its own: what ends it, or holds it, is found by the last line of its progress. */
const [seed = "1", count = "100", progress = "", result = ""] = process.argv.slice(2);
const file = fs.openSync(progress, "w");

tryFormats({ seed: Number(seed), count: Number(count) }, (format, index) => {
  fs.writeSync(file, `${format}, file ${index}`.padEnd(80), 0);
}).then(
  (tried) => {
    fs.writeFileSync(result, JSON.stringify(tried));
    process.exit(0);
  },
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
