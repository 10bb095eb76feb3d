import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { removeFolder } from "./removeFolder";

/** A new empty folder; gone when the tests of the suite that asked for it are over. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "paddock-test-"));
  after(() => removeFolder(folder));
  return folder;
}
