import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fillOnce } from "../../infra/packaging/files";
import { PYTHON } from "../../test/helpers/process/describeWith";

const ENVIRONMENTS = path.resolve(__dirname, "../../.paddock/peers");
const REQUIREMENTS = path.join(__dirname, "requirements.txt");
const PIP_INSTALL = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"];

/**
 * Installs the servers and libraries that paddock is measured beside, once for each state of `requirements.txt`, into a
 * virtual environment in `.paddock/peers`.
 *
 * @returns  Its Python; nothing, and a line on standard error, where there is no Python 3.11 or no package index.
 */
export function installPeers(): string | undefined {
  const hash = createHash("sha256").update(fs.readFileSync(REQUIREMENTS)).digest("hex");
  try {
    const folder = fillOnce(path.join(ENVIRONMENTS, hash.slice(0, 16)), makeEnvironment);
    return path.join(folder, "bin/python");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `Peers are not measured: ${reason} Another Python can be named in \`PADDOCK_PYTHON\`.\n`,
    );
    return undefined;
  }
}

/** Its packages are run as `python -m NAME`: scripts in `bin` have the path that the folder had before its renaming. */
function makeEnvironment(folder: string): void {
  // The oldest Python that the pinned versions run on.
  run(
    PYTHON,
    ["-c", "import sys; sys.exit(sys.version_info < (3, 11) and 'needs Python 3.11 or newer')"],
    10_000,
  );
  run(PYTHON, ["-m", "venv", folder], 60_000);
  // 500 MB.
  run(path.join(folder, "bin/python"), [...PIP_INSTALL, "-r", REQUIREMENTS], 600_000);
}

function run(command: string, args: readonly string[], timeout: number): void {
  try {
    execFileSync(command, args, { timeout, stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: Buffer };
    const lastLine = String(stderr ?? "")
      .trim()
      .split("\n")
      .at(-1);
    throw new Error(`\`${command} ${args.slice(0, 2).join(" ")}\` failed: ${lastLine || message}.`);
  }
}
