import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { AwsError } from "../http/awsError";
import type { ProjectScript } from "../page/stack";

/** Longer than a script that works takes. */
const TIMEOUT_MS = 120_000;
const MAX_BYTES = 32 * 1024 * 1024;

interface Project {
  readonly projectDir: string;
  readonly stack: string;
  readonly dataDir: string;
}

/**
 * Runs one of the project's own npm scripts, and gives the JSON that it prints. What only the program's side knows is not
 * for the local cloud to import.
 *
 * @throws AwsError  The project has no such script, or it prints no JSON.
 */
export async function runProjectScript(name: ProjectScript, project: Project): Promise<unknown> {
  const { projectDir, stack, dataDir } = project;
  const manifest = fs.readFileSync(path.join(projectDir, "package.json"), "utf8");
  const { scripts = {} } = JSON.parse(manifest) as { scripts?: Readonly<Record<string, string>> };
  if (scripts[name] === undefined)
    throw new AwsError("NotFound", 404, `This project's package.json has no script \`${name}\`.`);
  const own = name === "policy" ? ["--json"] : ["--data", dataDir];
  const { stdout, stderr } = await run(["run", "-s", name, "--", "--stack", stack, ...own], projectDir);
  try {
    return JSON.parse(stdout);
  } catch (cause) {
    const reason = stderr.trim().split("\n").at(-1) || "it printed no JSON";
    throw new AwsError("ScriptFailed", 502, `\`npm run ${name}\` failed: ${reason}`, { cause });
  }
}

/** A script that fails may have said why: the policy gate's exit code is 1 where a rule is broken. */
function run(args: readonly string[], cwd: string): Promise<{ stdout: string; stderr: string }> {
  const options = { cwd, timeout: TIMEOUT_MS, maxBuffer: MAX_BYTES, shell: process.platform === "win32" };
  return new Promise((resolve) => {
    execFile("npm", args, options, (_error, stdout, stderr) => resolve({ stdout, stderr }));
  });
}
