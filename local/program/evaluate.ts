import "./loadLightly";
import { once } from "node:events";
import { createRequire } from "node:module";
import path from "node:path";
import type * as Pulumi from "@pulumi/pulumi";
import { Addresses } from "./addresses";
import { readAutoNaming } from "./autoNaming";
import type { Declaration, DeclareRequest, FromEvaluation, ToEvaluation } from "./declaration";
import { loadEsModulesOnDemand } from "./esModules";
import { lightenSdk } from "./lightenSdk";
import { loadProgram } from "./loadProgram";
import { markOutputForms } from "./lookUps";
import { packAgain, sourcesHere } from "./packages";
import { Recorder } from "./recorder";

/**
 * Child process of {@link import("./evaluatingProcess").EvaluatingProcess}: one evaluation of the program, since Pulumi's runtime and the
 * program's modules keep their state in the process.
 */
async function evaluate(
  { stackConfig, place, firstPreview = false, onlyJudged = false }: DeclareRequest,
  known: ToEvaluation["addresses"],
): Promise<Declaration> {
  const { project, stack, main, folder, config, notes } = stackConfig;
  process.chdir(folder);
  // The program ends when nothing is under way, also while its parent listens.
  process.channel?.unref();
  if (known !== undefined) {
    addresses = new Addresses(known, (unaddressed) => {
      process.channel?.ref();
      send({ unaddressed });
    });
  }
  recorder = new Recorder({
    place: { ...place, project, stack, address: (type, name) => addresses?.get(`${type}::${name}`) },
    addresses,
    proposeName: readAutoNaming(config, { project, stack }),
    root: folder,
    firstPreview,
    onlyJudged,
  });
  loadEsModulesOnDemand();
  lightenSdk(folder, onlyJudged);
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
    sources: sourcesHere(),
    notes: [...notes, ...recorder.notes],
  };
}

/** The SDK that the program itself loads, which has its state in its own modules; this project's where it has none. */
function sdkOf(folder: string): typeof Pulumi {
  return createRequire(`${folder}/package.json`)("@pulumi/pulumi") as typeof Pulumi;
}

/** Waits, as Pulumi does, until nothing of the program is under way: promises that nothing awaits declare resources, too. */
async function endOfProgram(): Promise<void> {
  do await once(process, "beforeExit");
  while (addresses?.areWanted);
}

let addresses: Addresses | undefined;
let recorder: Recorder | undefined;
/** In a process that stays. */
let declared: Declaration | undefined;
let responded = false;

function send(message: FromEvaluation, sent?: () => void): void {
  process.send?.(message, undefined, undefined, sent);
}

function respond(message: FromEvaluation): void {
  if (responded) return;
  responded = true;
  send(message, () => process.exit());
}

/** The last declaration with what is packed of the changed files, if nothing else of it depends on them. */
async function declareAgain(changed: readonly string[]): Promise<Declaration | undefined> {
  const archives = await packAgain(changed);
  if (archives === undefined || declared === undefined || recorder === undefined) return undefined;
  recorder.replaceArchives(archives);
  declared = { ...declared, resources: recorder.declared, sources: sourcesHere() };
  return declared;
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
process.on("message", (message: ToEvaluation) => {
  if (message.request !== undefined) {
    const { keep } = message.request;
    evaluate(message.request, message.addresses).then((declaration) => {
      if (!keep) return respond({ declaration });
      declared = declaration;
      process.channel?.ref();
      send({ declaration, isKept: true });
    }, fail);
  } else if (message.changed !== undefined) {
    declareAgain(message.changed).then(
      (declaration) => send({ declaration, isKept: true }),
      (error: Error) => send({ error: error.message, stack: error.stack, isKept: true }),
    );
  } else if (message.addresses !== undefined) {
    process.channel?.unref();
    addresses?.add(message.addresses);
  }
});

// While it waits for the request: nearly every program loads it, and the process that asks has modules of its own to load.
setImmediate(() => require("@pulumi/aws"));
