import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { PYTHON } from "../process/describeWith";
import { takeLock } from "../process/takeLock";

const ROOT = path.resolve(__dirname, "../../..");
const CLIENTS = path.join(ROOT, "test/clients");
/** Kept from run to run; a folder for each state of what is asked for. */
const CACHE = path.join(ROOT, ".paddock", "clients");

/** The `node_modules` of `test/clients/package-lock.json`. */
export function npmClients(): string {
  return installed(
    "npm",
    "package-lock.json",
    (folder) => {
      for (const file of ["package.json", "package-lock.json"]) {
        fs.copyFileSync(path.join(CLIENTS, file), path.join(folder, file));
      }
      run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], folder);
    },
    "node_modules",
  );
}

/** The `bin` folder of a virtual environment with `test/clients/python/requirements.txt`. */
export function pythonClients(): string {
  return installed(
    "python",
    "python/requirements.txt",
    (folder) => {
      run(PYTHON, ["-m", "venv", folder], CLIENTS);
      const requirements = path.join(CLIENTS, "python/requirements.txt");
      const quiet = ["--quiet", "--disable-pip-version-check"];
      run(path.join(folder, "bin/pip"), ["install", ...quiet, "-r", requirements], CLIENTS);
    },
    "bin",
  );
}

/** A folder with the commands of `test/clients/go`, built anew where Go's own cache does not have them. */
export function goClients(): string {
  const folder = path.join(CACHE, "go");
  fs.mkdirSync(folder, { recursive: true });
  run("go", ["build", "-o", folder, "./..."], path.join(CLIENTS, "go"));
  return folder;
}

/** Installs once, into a folder that is named after what its file asks for; gives a folder in it. */
function installed(name: string, file: string, install: (folder: string) => void, within: string): string {
  const hash = createHash("sha256")
    .update(fs.readFileSync(path.join(CLIENTS, file)))
    .digest("hex");
  const folder = path.join(CACHE, `${name}-${hash.slice(0, 16)}`);
  const whole = path.join(folder, "installed");
  const lock = `${folder}.lock`;
  // Files of tests run at the same time, and the first one installs for the others.
  while (!fs.existsSync(whole)) {
    if (!takeLock(lock)) {
      Atomics.wait(SLEEPER, 0, 0, 500);
      continue;
    }
    try {
      // What an earlier run began and did not end.
      fs.rmSync(folder, { recursive: true, force: true });
      fs.mkdirSync(folder, { recursive: true });
      install(folder);
      fs.writeFileSync(whole, "");
    } finally {
      fs.rmSync(lock, { force: true });
    }
  }
  return path.join(folder, within);
}

const SLEEPER = new Int32Array(new SharedArrayBuffer(4));

function run(command: string, args: readonly string[], cwd: string): void {
  execFileSync(command, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
}
