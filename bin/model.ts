import { command, flag, type Option, text, UsageError } from "@paddock/local/command";
import { BREEDS, MODELS } from "../functions/shared/modelKeys";
import { isArchive } from "../functions/shared/modelStore/isArchive";
import { checkModel } from "./lib/checkModel";
import { compareCard } from "./lib/compareCard";
import { localModel } from "./lib/localModel";
import { findModelBucket, type ModelBucket } from "./lib/modelBucket";
import { keyOf, listFolder, listModels, type ModelObject, removeModels } from "./lib/modelObjects";
import { pushModel } from "./lib/pushModel";

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
]);

const USAGE = `npm run model -- push NAME FILE [--version N]
npm run model -- list
npm run model -- rm NAME [--version N] [--breed]
npm run model -- compare ENDPOINT`;

command({
  usage: USAGE,
  about: `Models that are served from the bucket, without a deployment.

  push     for the endpoint open-inference, as the next version by default; an archive for pricing, the model of the breed NAME
  list     archive: what MODEL_PATH of pricing may name
  rm       every version, or one; with --breed the model of a breed
  compare  marks in the endpoint's card the models that the evaluator may serve`,
  options: {
    version: modelVersion,
    stack: text("NAME", "of a deployed stack (default of the local cloud, `npm start`)"),
    data: text("DIR", "the local cloud's data (default .paddock/stacks/dev)"),
    breed: flag("NAME is a breed's; default for an archive"),
    model: flag("NAME is a model of open-inference; default for all else"),
  },
  words: [1, 3],
  notes:
    "FILE is ONNX, XGBoost's model.json or model.ubj, LightGBM's model.txt, or MLflow's folder of one of these.",
  async run(values, [name = "", ...words]) {
    if (words.length !== WORDS.get(name)) throw new UsageError(`Usage: ${USAGE}; --help says more.`);
    const [model = "", file = ""] = words;
    if (name === "compare") return compare(model);
    const bucket = await findModelBucket(values);
    try {
      if (name === "push") await push(bucket, model, file, values);
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
  readonly version: string | undefined;
}

async function push(bucket: ModelBucket, name: string, file: string, choice: Choice): Promise<void> {
  const breed = choice.breed || (isArchive(file) && !choice.model);
  if (choice.breed && choice.model) throw new Error("NAME is either a breed's or a model's: leave one out.");
  if (breed && choice.version) throw new Error("A breed's model has no versions: leave out --version.");
  const model = { kind: breed ? "breed" : "model", name, version: choice.version } as const;
  keyOf({ ...model, version: "1" });
  const local = await localModel(file, model.kind);
  try {
    for (const change of local.changes) process.stderr.write(`${change}\n`);
    const maxBytes = bucket.limits?.[breed ? "pricing" : "open-inference"];
    const only = await checkModel(local, { breed, rows: local.rows, maxBytes });
    const pushed = { ...model, format: local.format, evaluable: only === undefined };
    const key = await pushModel(bucket, pushed, local);
    process.stdout.write(`s3://${bucket.bucket}/${key}\n`);
  } finally {
    await local.dispose();
  }
}

async function compare(endpoint: string): Promise<void> {
  for (const [model, reason] of await compareCard(endpoint)) {
    process.stdout.write(`${model}\t${reason === undefined ? "agrees" : `ONNX Runtime only: ${reason}`}\n`);
  }
}

async function list(bucket: ModelBucket): Promise<void> {
  for (const { kind, name, version, bytes } of await listModels(bucket)) {
    process.stdout.write(`${[kind, name, version ?? "-", bytes].join("\t")}\n`);
  }
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
  const keys = models.map(({ key }) => key);
  for (const key of keys) {
    // The files with its weights go with a model.
    await removeModels(bucket, breed ? [key] : await listFolder(bucket, key));
  }
  for (const key of keys) process.stdout.write(`removed s3://${bucket.bucket}/${key}\n`);
}
