import { type SpawnOptions, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { readRunningCloud } from "../cloud/runningCloud";
import { readProjectFile } from "../program/stackConfig";
import { engineEnvironment } from "./engineEnvironment";
import { localStackFile } from "./localStackFile";
import { mendState } from "./mendState";
import { policyPackOf } from "./policyPackOf";
import { stateFile } from "./stateFile";

/** The stack that is meant where `--stack` names none. */
const STACK = "local";

/**
 * Runs the user's `pulumi` command against the local cloud that runs, on the stack `local` (made when it is missing)
 * or the one of `--stack`, its file read as for this machine, with the project's policy pack; the process ends as the
 * command does.
 *
 * @throws Error  No local cloud, no `pulumi`, no such stack.
 */
export async function runPulumi(
  args: readonly string[],
  { projectDir, dataDir }: { readonly projectDir: string; readonly dataDir: string },
): Promise<void> {
  const providerPort = readRunningCloud(dataDir)?.providerPort;
  if (providerPort === undefined) {
    throw new Error("No local cloud runs here: start it with `npm run local` in another terminal.");
  }
  const stack = stackOf(args);
  const options: SpawnOptions = {
    cwd: projectDir,
    env: { ...process.env, ...engineEnvironment(dataDir, providerPort), PULUMI_STACK: stack },
  };
  mendState(dataDir);
  const project = readProjectFile(projectDir).name;
  const isMade = fs.existsSync(stateFile(dataDir, { project, stack }));
  if (!isMade && stack !== STACK && !fs.existsSync(path.join(projectDir, `Pulumi.${stack}.yaml`))) {
    throw new Error(`There is no stack "${stack}": write its settings to Pulumi.${stack}.yaml first.`);
  }
  const stackFile = stack === STACK ? undefined : localStackFile(projectDir, dataDir, { project, stack });
  if (!isMade) {
    const code = await run(["stack", "init", stack, "--no-select", "--non-interactive"], {
      ...options,
      cwd: stackFile === undefined ? projectDir : path.dirname(stackFile),
      // Standard output is the command's own: it may be read as JSON.
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (code !== 0) process.exit(code);
  }
  const judged = withPolicyPack(withoutHarm(args), projectDir, dataDir, stack);
  process.exit(await run(withStackFile(judged, stackFile), { ...options, stdio: "inherit" }));
}

/** Commands that read the stack's file, and would write into it. */
const READERS = /^(up|update|preview|pre|refresh|destroy|down|dn|import|watch)$/;

function withStackFile(args: readonly string[], file: string | undefined): readonly string[] {
  if (file === undefined || !READERS.test(args[0] ?? "")) return args;
  return args.some((arg) => arg.startsWith("--config-file")) ? args : [...args, "--config-file", file];
}

/** Keeps the project's files and the exit code from what goes well with a stack of one's own, on AWS. */
function withoutHarm(args: readonly string[]): readonly string[] {
  const [command, subcommand] = args;
  // The stack's file is the project's, and deployed from again.
  if (command === "stack" && /^(rm|remove)$/.test(subcommand ?? "")) return [...args, "--preserve-config"];
  // The providers that run here have no schema to write a program by: the import would be done, and end as failed.
  const isGiven = args.some((arg) => arg.startsWith("--generate-code"));
  return command === "import" && !isGiven ? [...args, "--generate-code=false"] : args;
}

/** Has the deployment judged, as in a pull request, by the project's own pack unless another one is named. */
function withPolicyPack(
  args: readonly string[],
  projectDir: string,
  dataDir: string,
  stack: string,
): readonly string[] {
  if (!/^(up|update|preview|pre)$/.test(args[0] ?? "")) return args;
  if (args.some((arg) => arg.startsWith("--policy-pack"))) return args;
  const pack = policyPackOf(projectDir, dataDir, stack);
  return pack === undefined ? args : [...args, "--policy-pack", pack];
}

function stackOf(args: readonly string[]): string {
  const at = args.findIndex((arg) => /^(-s|--stack)(=|$)/.test(arg));
  if (at < 0) return STACK;
  return args[at]?.split("=")[1] ?? args[at + 1] ?? STACK;
}

function run(args: readonly string[], options: SpawnOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", args, options);
    // Ctrl-C reaches the engine itself, which ends in good order: wait for that.
    const wait = () => undefined;
    process.on("SIGINT", wait);
    child.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "ENOENT"
          ? new Error(
              "There is no `pulumi` on PATH: install the Pulumi CLI (https://www.pulumi.com/docs/install/), or serve the stack without it by `npm start`.",
              { cause: error },
            )
          : error,
      );
    });
    child.once("exit", (code) => {
      process.off("SIGINT", wait);
      resolve(code ?? 1);
    });
  });
}
