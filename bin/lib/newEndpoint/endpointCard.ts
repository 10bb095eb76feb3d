import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { Card, CardSample } from "../../../functions/shared/card";
import type { RowModel } from "./readRowModel";

export interface EndpointCardOptions {
  readonly name: string;
  /** Name of the file that the model was brought in. @default it is the stand-in */
  readonly origin: string | undefined;
  readonly rows: RowModel;
  /** The folder of the card, and the model's files in it. */
  readonly folder: string;
  readonly files: readonly string[];
  readonly sample: CardSample;
  /** Whether the sample is made up. */
  readonly isMadeUp: boolean;
}

/** Writes what is known of a new endpoint's model; its owner knows the rest. */
export async function endpointCard(options: EndpointCardOptions): Promise<Card> {
  const { name, origin, rows, folder, files, sample, isMadeUp } = options;
  const title = name.replace(/-/g, " ").replace(/^./, (letter) => letter.toUpperCase());
  return {
    name,
    title,
    description: `${title}: answers a row of the model's inputs with ${rows.outputs.map(({ name }) => name).join(", ")}.`,
    origin:
      origin === undefined
        ? "The mean of four numbers, made by `npm run new` until the model is there"
        : `${origin}, added by \`npm run new\`. Say here what it was trained on, and by which script`,
    license: { model: "NOASSERTION", data: "NOASSERTION" },
    files: await Promise.all(files.map((file) => describe(folder, file))),
    ...rows,
    metrics: {},
    samples: [{ title: isMadeUp ? "A made-up row" : "The model's own example", ...sample }],
    notes: isMadeUp
      ? ["The sample's request is made up from the model's inputs: put a real one in its place."]
      : [],
  };
}

async function describe(folder: string, file: string): Promise<Card["files"][number]> {
  const hash = createHash("sha256");
  await pipeline(fs.createReadStream(file), hash);
  return {
    path: path.relative(folder, file).split(path.sep).join("/"),
    bytes: fs.statSync(file).size,
    sha256: hash.digest("hex"),
  };
}
