import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { removeFolder } from "../process/removeFolder";

const shared = os.tmpdir();
let own: string;
/** The folder in which `tsx` keeps what it has compiled; every file uses it. */
const compiled = `tsx-${os.userInfo().uid}`;

/**
 * Has `os.tmpdir()` name a folder of its own for each file of tests: of those that run at once, none sees the models and
 * the marks that another's functions put there, as no instance sees another's on Lambda.
 */
export const mochaHooks = {
  beforeAll(): void {
    own = fs.mkdtempSync(path.join(shared, "paddock-tests-"));
    fs.mkdirSync(path.join(shared, compiled), { recursive: true });
    fs.symlinkSync(path.join(shared, compiled), path.join(own, compiled), "junction");
    process.env.TMPDIR = own;
  },
  afterAll(): void {
    // Behind the hooks that tests add while they run. `ownEnvironment` gives the variable back.
    after(() => removeFolder(own));
  },
};
