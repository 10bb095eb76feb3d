import { spawnSync } from "node:child_process";
import type { Suite } from "mocha";

/** Makes the virtual environments of tests. */
export const PYTHON = process.env.PADDOCK_PYTHON ?? "python3";

/** Debian's, which playwright-core drives. */
export const CHROMIUM = process.env.PADDOCK_CHROMIUM ?? "/usr/bin/chromium";

/** Programs beside Node.js that tests of the third tier run, and a command each that fails where there is none. */
const TOOLS = {
  aws: ["aws", "--version"],
  bash: ["bash", "--version"],
  chromium: [CHROMIUM, "--version"],
  curl: ["curl", "--version"],
  go: ["go", "version"],
  jq: ["jq", "--version"],
  npm: ["npm", "--version"],
  // The newest numpy asks for this version.
  python: [PYTHON, "-c", "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"],
  // Containers may forbid to trace.
  strace: ["strace", "--output=/dev/null", "true"],
  valgrind: ["valgrind", "--version"],
} as const;

/** Describes what needs a tool; on a machine without it, the suite is one pending test that says so. */
export function describeWith(tool: keyof typeof TOOLS, title: string, tests: (this: Suite) => void): void {
  const [command, ...args] = TOOLS[tool];
  const isThere = spawnSync(command, args, { stdio: "ignore" }).status === 0;
  describe(title, isThere ? tests : () => it(`is not tested here: there is no ${tool} on this machine`));
}
