import { createRequire } from "node:module";
import path from "node:path";
import type * as Pulumi from "@pulumi/pulumi";
import { readAutoNaming } from "./autoNaming";
import type { Declaration, DeclareRequest, EvaluationResult } from "./declare";
import { lightenSdk } from "./lightenSdk";
import { loadProgram } from "./loadProgram";
import { markOutputForms } from "./lookUps";
import { Recorder } from "./recorder";

/**
 * Child process of {@link import("./declare").declare}: one evaluation of the program, since Pulumi's runtime and the
 * program's modules keep their state in the process.
 */
async function evaluate(request: DeclareRequest): Promise<Declaration> {
  const { stackConfig, place: fixed, addresses, firstPreview = false, onlyJudged = false } = request;
  const { project, stack, main, folder, config, notes } = stackConfig;
  const unaddressed: string[] = [];
  recorder = new Recorder({
    place: {
      ...fixed,
      project,
      stack,
      address(type, name) {
        if (addresses === undefined) return undefined;
        const address = addresses[`${type}::${name}`];
        if (address === undefined) unaddressed.push(`${type}::${name}`);
        return address;
      },
    },
    proposeName: readAutoNaming(config, { project, stack }),
    root: folder,
    firstPreview,
    onlyJudged,
  });
  lightenSdk(folder);
  const { runtime, output } = sdkOf(folder);
  const isPreview = firstPreview || onlyJudged;
  runtime.setMockOptions(recorder, project, stack, isPreview, "organization");
  runtime.setAllConfig({ ...config });
  markOutputForms(runtime);

  const outputs = await runtime.runInPulumiStack(() => loadProgram(main));
  // Unknown outputs never resolve.
  const resolved = isPreview ? {} : await new Promise((done) => output(outputs ?? {}).apply(done));
  await endOfProgram();
  recorder.close();
  if (recorder.failure !== undefined) throw recorder.failure;
  return {
    resources: recorder.declared,
    outputs: resolved as Record<string, unknown>,
    unaddressed,
    notes: [...notes, ...recorder.notes],
  };
}

/** The SDK that the program itself loads, which has its state in its own modules; this project's where it has none. */
function sdkOf(folder: string): typeof Pulumi {
  return createRequire(`${folder}/package.json`)("@pulumi/pulumi") as typeof Pulumi;
}

/** Waits, as Pulumi does, until nothing of the program is under way: promises that nothing awaits declare resources, too. */
function endOfProgram(): Promise<void> {
  process.channel?.unref();
  return new Promise((resolve) => process.once("beforeExit", () => resolve()));
}

let recorder: Recorder | undefined;
let responded = false;

function respond(message: EvaluationResult): void {
  if (responded) return;
  responded = true;
  process.send?.(message, () => process.exit());
}

function fail(thrown: unknown): void {
  // Pulumi's SDK counts there what a program that threw has left, at length, before what it threw is read.
  process.removeAllListeners("exit");
  const error = recorder?.failure ?? thrown;
  const notes = recorder?.notes ?? [];
  respond(
    error instanceof Error
      ? { error: `${error.message}${sourceOf(error)}`, stack: error.stack, notes }
      : { error: String(error), notes },
  );
}

/** The place of a mistake in the program's own code; a rejection on purpose says by itself what to change. */
function sourceOf({ name, stack = "" }: Error): string {
  if (name === "Error") return "";
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line) && !/node_modules|node:/.test(line));
  const [, file = "", line = ""] =
    /\(?((?:file:\/\/)?\/[^():]+|[A-Z]:[^():]+):(\d+):\d+\)?$/.exec(frames[0] ?? "") ?? [];
  return file === "" ? "" : ` (${path.relative(process.cwd(), file.replace("file://", ""))}:${line})`;
}

process.on("unhandledRejection", fail);
process.on("uncaughtException", fail);
process.once("message", (request: DeclareRequest) => {
  evaluate(request).then((declaration) => respond({ declaration }), fail);
});
