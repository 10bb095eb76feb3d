import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { removeFolder } from "./removeFolder";

/** Has `os.tmpdir()` name a new, empty folder for a suite: what is left behind there is seen. */
export function useTmpdir(): { readonly folder: string } {
  const used = {} as { folder: string };
  let TMPDIR: string | undefined;
  before(() => {
    ({ TMPDIR } = process.env);
    used.folder = fs.mkdtempSync(path.join(os.tmpdir(), "paddock-tmpdir-"));
    process.env.TMPDIR = used.folder;
  });
  after(() => {
    process.env.TMPDIR = TMPDIR;
    removeFolder(used.folder);
  });
  return used;
}
