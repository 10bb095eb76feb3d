import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { deserialize, serialize } from "node:v8";
import type { Declaration } from "@paddock/local/program";
import { replaceFile } from "../../../infra/packaging/files";
import { takeLock } from "../process/takeLock";

const ROOT = path.resolve(__dirname, "../../..");
/** Beside the archives that declarations name, so that they go together. */
const FOLDER = path.join(ROOT, ".paddock", "build", "declarations");
/** The files that an evaluation of the project's own program reads. */
const SOURCES = [
  ...["index.ts", "infra", "functions", "local", "package-lock.json", "tsconfig.json", "Pulumi.yaml"],
  ...["Pulumi.dev.yaml", "Pulumi.local.yaml", "Pulumi.prod.yaml"],
];

/** ms between two looks at whether another process has evaluated. */
const PAUSE_MS = 50;

interface Kept {
  readonly sources: string;
  readonly declaration: Declaration;
}

/**
 * Returns what an earlier run evaluated of the same sources and settings, or evaluates and keeps it. Files of tests run
 * at the same time, and the first one evaluates for the others.
 */
export async function keptDeclaration(
  settings: string,
  evaluate: () => Promise<Declaration>,
): Promise<Declaration> {
  const name = createHash("sha256").update(`${process.version}\0${settings}`).digest("hex").slice(0, 32);
  const file = path.join(FOLDER, name);
  const kept = readKept(file);
  if (kept !== undefined) return kept;
  const lock = `${file}.lock`;
  while (!takeLock(lock)) await sleep(PAUSE_MS);
  try {
    return readKept(file) ?? keep(file, await evaluate());
  } finally {
    fs.rmSync(lock, { force: true });
  }
}

function keep(file: string, declaration: Declaration): Declaration {
  replaceFile(file, serialize({ sources: sourcesHash(), declaration } satisfies Kept));
  return declaration;
}

function readKept(file: string): Declaration | undefined {
  if (!fs.existsSync(file)) return undefined;
  const { sources, declaration } = deserialize(fs.readFileSync(file)) as Kept;
  return sources === sourcesHash() ? declaration : undefined;
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
