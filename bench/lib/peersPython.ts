import fs from "node:fs";
import path from "node:path";

/** The Python with what is compared; absent until `npm run bench:peers` has made it. */
export function peersPython(): string | undefined {
  const python = path.resolve(__dirname, "../../.paddock/peers/bin/python");
  return fs.existsSync(python) ? python : undefined;
}
