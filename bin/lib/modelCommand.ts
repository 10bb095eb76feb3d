import { boolean, defineCommand, type Option, progress, text, UsageError } from "@paddock/local/command";
import { aliasesKey } from "../../functions/shared/aliases";
import { BREEDS, MODELS, modelFolder, parseModelKey } from "../../functions/shared/modelKeys";
import { isArchive } from "../../functions/shared/modelStore/isArchive";
import { checkModel } from "./checkModel";
import { compareCard } from "./compareCard";
import { localModel } from "./localModel";
import {
  aliasesText,
  brokenLine,
  changedAliases,
  promoted,
  readAliases,
  requireUnnamed,
  rolledBack,
  writeAliases,
} from "./modelAliases";
import { findModelBucket, type ModelBucket } from "./modelBucket";
import {
  keyOf,
  listFolder,
  listModels,
  type ModelObject,
  newestVersions,
  removeModels,
} from "./modelObjects";
import { modelTable } from "./modelTable";
import { pushedLines, tensorText } from "./pushedLines";
import { pushModel } from "./pushModel";

const modelVersion: Option<string | undefined> = {
  placeholder: "N",
  help: "the version; a breed's model has none",
  parse([...given]) {
    const version = given.at(-1);
    if (version === undefined || /^[1-9]\d{0,17}$/.test(version)) return version;
    throw new UsageError(`--version must be a whole number from 1, of up to 18 digits, is "${version}".`);
  },
};

/** Words that each command takes after its own. */
const WORDS: ReadonlyMap<string, number> = new Map([
  ["push", 2],
  ["list", 0],
  ["rm", 1],
  ["compare", 1],
  ["promote", 1],
  ["rollback", 1],
  ["history", 1],
]);

const USAGE = `npm run model -- push NAME FILE [--version N [--replace]]
npm run model -- list
npm run model -- rm NAME [--version N] [--breed]
npm run model -- alias NAME [live=N] [canary=N:PERCENT%[:HEADER]] [shadow=N]
npm run model -- promote NAME
npm run model -- rollback NAME
npm run model -- history NAME
npm run model -- compare ENDPOINT`;

/** `npm run model`. */
export const modelCommand = defineCommand({
  usage: USAGE,
  about: `Models that are served from the bucket, without a deployment.

  push     for the endpoint open-inference, as the next version by default; an
           archive for pricing, the model of the breed NAME
  list     what is served, and what was; archive: what MODEL_PATH of pricing may name
  rm       every version, or one; with --breed the model of a breed
  alias    which versions of a model answer, and which is only compared with them;
           canary=none and shadow=none end them; without a change it shows them
  promote  the canary becomes the live version
  rollback ends the canary; without one, the version that was live before answers
           again
  history  who changed what when
  compare  marks in the endpoint's card the models that the evaluator may serve`,
  options: {
    version: modelVersion,
    stack: text("NAME", "of a deployed stack (default of the local cloud, `npm start`)"),
    data: text("DIR", "the local cloud's data (default .paddock/stacks/dev)"),
    replace: boolean("with --version: replace that version where it is there"),
    breed: boolean("NAME is a breed's; default for an archive"),
    model: boolean("NAME is a model of open-inference; default for all else"),
  },
  words: [1, 5],
  notes: `FILE is ONNX, XGBoost's model.json or model.ubj, LightGBM's model.txt, or MLflow's
folder of one of these.`,
  async run(values, [name = "", ...words]) {
    const isAlias = name === "alias" && words.length >= 1;
    if (!isAlias && words.length !== WORDS.get(name)) {
      const [all = ""] = USAGE.split("\n");
      const own = USAGE.split("\n").find((line) => line.startsWith(`npm run model -- ${name} `));
      const known = isAlias || name === "alias" || WORDS.has(name);
      throw new UsageError(
        `${known ? "" : `There is no command "${name}". `}Usage: ${own ?? all}; --help lists all.`,
      );
    }
    const [model = "", file = ""] = words;
    if (name === "compare") return compare(model);
    const bucket = await findModelBucket(values);
    try {
      if (name === "push") await push(bucket, model, file, values);
      else if (isAlias || ALIASES.has(name)) await changeAliases(bucket, name, model, words.slice(1));
      else if (name === "rm") await remove(bucket, model, values);
      else await list(bucket);
    } finally {
      bucket.client.destroy();
    }
  },
});

interface Choice {
  readonly breed: boolean;
  readonly model?: boolean;
  readonly replace?: boolean;
  readonly version: string | undefined;
}

async function push(bucket: ModelBucket, name: string, file: string, choice: Choice): Promise<void> {
  const breed = choice.breed || (isArchive(file) && !choice.model);
  if (choice.breed && choice.model) throw new Error("NAME is either a breed's or a model's: leave one out.");
  if (breed && choice.version) throw new Error("A breed's model has no versions: leave out --version.");
  const model = { kind: breed ? "breed" : "model", name, version: choice.version } as const;
  const firstKey = keyOf({ ...model, version: "1" });
  progress.step(`Reading ${file}`);
  const local = await localModel(file, model.kind);
  try {
    for (const change of local.changes) progress.print(`${change}\n`);
    progress.step("Loading the model as the function will, and comparing the evaluator");
    const maxBytes = bucket.outputs.modelLimits?.[breed ? "pricing" : "open-inference"];
    const { signature, onlyOnnxRuntime } = await checkModel(local, { breed, rows: local.rows, maxBytes });
    progress.end();
    const replaces = breed && (await listFolder(bucket, firstKey)).length > 0;
    const key = await pushModel(
      bucket,
      {
        ...model,
        format: local.format,
        evaluable: onlyOnnxRuntime === undefined,
        replace: choice.replace ?? false,
        ...(breed ? {} : { inputs: signature.inputs.map(tensorText).join("; ") }),
      },
      local,
    );
    console.log(`s3://${bucket.bucket}/${key}`);
    if (replaces)
      console.log(`It replaces the model that the breed ${name} had: a breed has one, without versions.`);
    const version = parseModelKey(key)?.version;
    const served = breed ? undefined : await servedVersion(bucket, name);
    for (const line of pushedLines({ ...model, version }, signature, bucket, served)) console.log(line);
  } finally {
    await local.dispose();
  }
}

/** The version of a model that answers, but for a canary's share, and whether an alias names it. */
async function servedVersion(bucket: ModelBucket, name: string) {
  const { aliases } = await readAliases(bucket, name);
  if (aliases !== undefined) return { version: aliases.live, byAlias: true };
  const newest = newestVersions(await listModels(bucket, modelFolder(name)));
  return { version: newest.get(name), byAlias: false };
}

const ALIASES = new Set(["promote", "rollback", "history"]);

async function changeAliases(
  bucket: ModelBucket,
  action: string,
  name: string,
  words: readonly string[],
): Promise<void> {
  keyOf({ kind: "model", name, version: "1" });
  const stored = await readAliases(bucket, name);
  const { aliases, broken } = stored;
  if (broken !== undefined && !words.some((word) => word.startsWith("live="))) {
    throw new Error(brokenLine(name, broken));
  }
  if (action === "history" && aliases !== undefined) {
    for (const { at, by, ...served } of aliases.history ?? [])
      console.log(`${at}\t${by}\t${aliasesText(served)}`);
    return;
  }
  const isChange = action === "promote" || action === "rollback" || words.length > 0;
  const next =
    action === "promote"
      ? promoted(name, aliases)
      : action === "rollback"
        ? rolledBack(name, aliases)
        : isChange
          ? changedAliases(aliases, words)
          : aliases;
  if (next === undefined) {
    throw new Error(`The model ${name} has no aliases: its highest version answers.`);
  }
  if (isChange) await writeAliases(bucket, name, stored, next);
  console.log(aliasesText(next));
}

async function compare(endpoint: string): Promise<void> {
  progress.step("Comparing the evaluator with ONNX Runtime");
  const results = await compareCard(endpoint);
  progress.end();
  for (const [model, reason] of results) {
    process.stdout.write(`${model}\t${reason === undefined ? "agrees" : `ONNX Runtime only: ${reason}`}\n`);
  }
}

async function list(bucket: ModelBucket): Promise<void> {
  progress.step("Listing the bucket");
  const models = await listModels(bucket);
  if (models.length === 0) throw new Error("There are no models yet: `npm run model -- push` uploads one.");
  const table = await modelTable(bucket, models);
  progress.end();
  console.log(table);
}

async function remove(bucket: ModelBucket, name: string, { breed, version }: Choice): Promise<void> {
  const isMeant = (model: ModelObject) =>
    model.kind === (breed ? "breed" : "model") &&
    model.name === name &&
    (version === undefined || model.version === version);
  const models = (await listModels(bucket, breed ? BREEDS : MODELS)).filter(isMeant);
  if (models.length === 0) {
    const which = version === undefined ? "" : ` of version ${version}`;
    throw new Error(
      `There is no ${breed ? "breed" : "model"} ${name}${which}: \`npm run model -- list\` shows all.`,
    );
  }
  if (!breed && version !== undefined) {
    requireUnnamed(name, version, (await readAliases(bucket, name)).aliases);
  }
  progress.step("Removing");
  const keys = models.map(({ key }) => key);
  for (const key of keys) {
    // The files with its weights go with a model.
    await removeModels(bucket, breed ? [key] : await listFolder(bucket, key));
  }
  // A model that is uploaded under this name later begins anew.
  if (!breed && version === undefined) await removeModels(bucket, [aliasesKey(name)]);
  progress.end();
  for (const key of keys) process.stdout.write(`removed s3://${bucket.bucket}/${key}\n`);
}
