import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import type { Declaration } from "@paddock/local/program";

const ROOT = path.resolve(__dirname, "../../..");
/** Beside the archives that declarations name, so that they go together. */
const FOLDER = path.join(ROOT, ".paddock", "build", "declarations");
/** The files that an evaluation of the project's own program reads. */
const SOURCES = [
  ...["index.ts", "infra", "functions", "local", "package-lock.json", "tsconfig.json", "Pulumi.yaml"],
  ...["Pulumi.dev.yaml", "Pulumi.local.yaml", "Pulumi.prod.yaml"],
];

interface Kept {
  readonly sources: string;
  readonly declaration: Declaration;
}

/** Returns what an earlier run evaluated of the same sources and settings, or evaluates and keeps it. */
export async function keptDeclaration(
  settings: string,
  evaluate: () => Promise<Declaration>,
): Promise<Declaration> {
  const name = createHash("sha256").update(`${process.version}\0${settings}`).digest("hex").slice(0, 32);
  const file = path.join(FOLDER, name);
  const kept = fs.existsSync(file) ? (deserialize(fs.readFileSync(file)) as Kept) : undefined;
  if (kept?.sources === sourcesHash()) return kept.declaration;
  const declaration = await evaluate();
  fs.mkdirSync(FOLDER, { recursive: true });
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, serialize({ sources: sourcesHash(), declaration } satisfies Kept));
  fs.renameSync(draft, file);
  return declaration;
}

let hashed: string | undefined;

/** Hashes the sources once for a process: they do not change while tests run. */
function sourcesHash(): string {
  if (hashed !== undefined) return hashed;
  const hash = createHash("sha256");
  const add = (name: string) => {
    const file = path.join(ROOT, name);
    if (!fs.statSync(file).isDirectory()) hash.update(`${name}\0`).update(fs.readFileSync(file)).update("\0");
    else
      for (const inside of fs.readdirSync(file).sort())
        if (inside !== "node_modules") add(`${name}/${inside}`);
  };
  for (const source of SOURCES) add(source);
  hashed = hash.digest("hex");
  return hashed;
}
