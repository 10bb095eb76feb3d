import { parseArgs } from "node:util";
import { isArchive } from "../functions/shared/modelStore/isArchive";
import { checkModel } from "./lib/checkModel";
import { compareCard } from "./lib/compareCard";
import { localModel } from "./lib/localModel";
import { findModelBucket, type ModelBucket } from "./lib/modelBucket";
import { keyOf, listFolder, listModels, type ModelObject, removeModels } from "./lib/modelObjects";
import { pushModel } from "./lib/pushModel";

const USAGE = `Models that are served from the bucket, without a deployment.

  npm run model -- push NAME FILE [--version N]      for the endpoint open-inference; default: the next version
  npm run model -- push NAME FILE.tar.gz             for the endpoint pricing, the model of the breed NAME
  npm run model -- list                              archive: what MODEL_PATH of pricing may name
  npm run model -- rm NAME [--version N] [--breed]   every version, or one; --breed: that of a breed
  npm run model -- compare ENDPOINT                  marks in its card the models that the evaluator may serve

  FILE is ONNX, XGBoost's model.json or model.ubj, LightGBM's model.txt, or MLflow's folder of one of these.

  --stack NAME   of a deployed stack; default: of the local cloud (\`npm start\`)
  --data FOLDER  of the local cloud whose data lie there
  --breed        NAME is a breed's; default for an archive
  --model        NAME is a model of open-inference; default for all else
`;

const OPTIONS = {
  breed: { type: "boolean", default: false },
  model: { type: "boolean", default: false },
  version: { type: "string" },
  stack: { type: "string" },
  data: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

class UsageError extends Error {}

/** Words of each command, its own among them. */
const WORDS: ReadonlyMap<string, number> = new Map([
  ["push", 3],
  ["list", 1],
  ["rm", 2],
  ["compare", 2],
]);

async function main(): Promise<void> {
  const { values, positionals } = parse();
  const [command, name, file] = positionals;
  if (values.help) return void process.stdout.write(USAGE);
  const version = readVersion(values.version);
  const words = WORDS.get(command ?? "");
  if (positionals.length !== words) throw new UsageError(USAGE);
  if (command === "compare") return compare(String(name));
  const bucket = await findModelBucket(values);
  try {
    if (command === "push") await push(bucket, String(name), String(file), { ...values, version });
    else if (command === "rm") await remove(bucket, String(name), { ...values, version });
    else await list(bucket);
  } finally {
    bucket.client.destroy();
  }
}

function parse() {
  try {
    return parseArgs({ allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

function readVersion(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,17}$/.test(text))
    throw new UsageError(`--version must be a whole number from 1, of up to 18 digits, is "${text}"\n`);
  return text;
}

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
  const models = (await listModels(bucket, breed ? "breeds/" : "models/")).filter(isMeant);
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

main().catch((error: Error) => {
  process.stderr.write(error instanceof UsageError ? error.message : `${error.message}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
