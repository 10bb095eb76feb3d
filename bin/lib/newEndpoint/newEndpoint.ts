import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { InferenceSession } from "onnxruntime-node";
import type { GenericSchema } from "valibot";
import type { Card, CardSample } from "../../../functions/shared/card";
import { BrokenModel } from "../../../functions/shared/modelStore/brokenModel";
import { openModel } from "../../../functions/shared/modelStore/openModel";
import { validate } from "../../../functions/shared/validate";
import { endpointCard } from "./endpointCard";
import {
  endpointLine,
  handlerFile,
  inputFile,
  modelPath,
  outputFile,
  predictFile,
  type Source,
} from "./endpointFiles";
import { placeModel } from "./placeModel";
import { ProgramFile } from "./programFile";
import { type RowModel, readRowModel } from "./readRowModel";
import { sampleRow } from "./sampleRow";
import { testFile } from "./testFile";

export interface NewEndpointOptions {
  /** The project's. */
  readonly root: string;
  readonly name: string;
  /** ONNX, XGBoost's or LightGBM's own file. @default a model that stands in for one: the mean of four numbers */
  readonly model: string | undefined;
  readonly source: Source;
  /** A request that the model answers. @default one made up from its inputs */
  readonly sample: CardSample["request"] | undefined;
}

/** Lambda takes functions and layers of up to 250 MB, unzipped; ONNX Runtime's layer has a part of it. */
const MAX_BUNDLED_BYTES = 150 * 1024 ** 2;

/** Output names that the stack has already, and a length that leaves room in Lambda's 64 for Pulumi's suffix. */
const [RESERVED, MAX_NAME_LENGTH] = [["api"], 40];

/**
 * Writes an endpoint for a model: folder, schema, card with a sample's real answer, test, and the line in `index.ts`,
 * which comes last: a running `npm start` then serves it.
 *
 * @returns  The files it wrote, relative to the root, and the card.
 * @throws Error  Name taken, not a model, inputs that no request in JSON can carry: one line with the cure.
 */
export async function newEndpoint(options: NewEndpointOptions): Promise<{ files: string[]; card: Card }> {
  const { root, name, source } = options;
  const program = new ProgramFile(path.join(root, "index.ts"));
  const folder = path.join(root, "functions", name);
  const test = path.join(root, "test", "functions", `${camelCase(name)}.test.ts`);
  rejectName(name, program.has(name) || fs.existsSync(folder) || fs.existsSync(test));

  // Beside its place, for its imports; with a dot in front `npm start` does not watch it.
  const staged = path.join(root, "functions", `.${name}`);
  fs.rmSync(staged, { recursive: true, force: true });
  try {
    const card = await writeFolder(staged, options);
    fs.mkdirSync(path.dirname(test), { recursive: true });
    fs.writeFileSync(test, testFile(name));
    format(root, [staged, test]);
    fs.renameSync(staged, folder);
    program.add(endpointLine(name, source));
    return { files: [folder, test].map((file) => path.relative(root, file)), card };
  } finally {
    fs.rmSync(staged, { recursive: true, force: true });
  }
}

function rejectName(name: string, isTaken: boolean): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > MAX_NAME_LENGTH) {
    throw new Error(
      `An endpoint's name has up to ${MAX_NAME_LENGTH} lower-case letters, digits and single hyphens, as in \`wine-quality\`; it is "${name}".`,
    );
  }
  if (isTaken || RESERVED.includes(name)) {
    throw new Error(
      `The name "${name}" is taken, by a folder in functions/, a test or a path of the API: choose another.`,
    );
  }
}

async function writeFolder(
  folder: string,
  { name, source, model: given, sample }: NewEndpointOptions,
): Promise<Card> {
  const model = path.join(folder, "model");
  const file = modelPath(name, source);
  const files = await placeModel(given, path.join(model, file));
  const bytes = files.reduce((sum, each) => sum + fs.statSync(each).size, 0);
  if (source === "bundle" && bytes > MAX_BUNDLED_BYTES) {
    throw new Error(
      `The model has ${bytes} bytes, and a package has room for about ${MAX_BUNDLED_BYTES}: take \`--source volume\`.`,
    );
  }
  const { session, rows } = await open(path.join(model, file), given ?? "The model");
  try {
    for (const [written, text] of [
      ["index.ts", handlerFile(source)],
      ["input.ts", inputFile(rows)],
      ["output.ts", outputFile(rows)],
      ["predict.ts", predictFile(rows)],
    ] as const) {
      fs.writeFileSync(path.join(folder, written), text);
    }
    const request = sample ?? sampleRow(rows);
    const checked = { request, answer: { status: 200, body: await responseOf(folder, session, request) } };
    const origin = given && path.basename(given);
    const about = { name, origin, rows, folder: model, files, sample: checked, isMadeUp: !sample };
    const card = await endpointCard(about);
    fs.writeFileSync(path.join(model, "card.json"), `${JSON.stringify(card, undefined, 2)}\n`);
    return card;
  } finally {
    await session.release();
  }
}

async function open(file: string, shown: string): Promise<{ session: InferenceSession; rows: RowModel }> {
  const fetched = { version: String(Date.now()), path: file, bytes: fs.statSync(file).size };
  try {
    const room = { maxBytes: Number.POSITIVE_INFINITY, make: () => {} };
    const { session, facts } = await openModel(path.basename(file), fetched, room);
    return { session, rows: readRowModel(session, facts()) };
  } catch (cause) {
    if (!(cause instanceof BrokenModel)) throw cause;
    throw new Error(`${path.basename(shown)} cannot be served. ${cause.message}.`, { cause });
  }
}

/** Runs what was written, as the handler will. */
async function responseOf(
  folder: string,
  session: InferenceSession,
  request: CardSample["request"],
): Promise<string> {
  const { input } = require(path.join(folder, "input.ts")) as { input: GenericSchema };
  const { predict } = require(path.join(folder, "predict.ts")) as {
    predict(session: InferenceSession, row: unknown): Promise<unknown>;
  };
  try {
    return JSON.stringify(await predict(session, validate(input, request)));
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new Error(
      `The model has no answer to the sample ${JSON.stringify(request).slice(0, 200)} (${reason}): give one that it answers by \`--sample\`.`,
      { cause },
    );
  }
}

/** Writes files as `npm run check` asks for, where Biome is installed. */
function format(root: string, files: readonly string[]): void {
  let biome: string;
  try {
    biome = require.resolve("@biomejs/biome/bin/biome", { paths: [root] });
  } catch {
    return;
  }
  spawnSync(process.execPath, [biome, "format", "--write", "--vcs-enabled=false", ...files], { cwd: root });
}

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
