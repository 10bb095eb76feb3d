import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { ProgramFolderUnknown } from "./packages/resolveFrom";

/** A model's file as a `card.json` describes it. */
export interface CardedFile {
  /** SPDX identifier of the model's license; `undefined` where the card names none. */
  readonly license: string | undefined;
}

/** A program's models lie nearer. */
const MAX_DEPTH = 6;

const byRoot = new Map<string, ReadonlyMap<string, CardedFile>>();

/**
 * The model files that cards of a program list, by SHA-256. A card is a `card.json` beside its models, with `license`
 * and `files: [{ path, sha256 }]`.
 *
 * @throws ProgramFolderUnknown
 */
export function cardedFiles(root: string | undefined): ReadonlyMap<string, CardedFile> {
  if (root === undefined) throw new ProgramFolderUnknown("card.json");
  const known = byRoot.get(root) ?? new Map(cardsBelow(root, MAX_DEPTH).flatMap(filesOf));
  byRoot.set(root, known);
  return known;
}

/** SHA-256 of a file, which may be larger than memory. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(fs.createReadStream(file), hash);
  return hash.digest("hex");
}

function cardsBelow(folder: string, depth: number): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isFile()) return entry.name === "card.json" ? [file] : [];
    const isSearched = entry.isDirectory() && depth > 0 && !/^(\.|node_modules$)/.test(entry.name);
    return isSearched ? cardsBelow(file, depth - 1) : [];
  });
}

function filesOf(card: string): [string, CardedFile][] {
  const { license, files } = readCard(card);
  const name = memberOf(license, "model") ?? license;
  return files.flatMap((file): [string, CardedFile][] => {
    const sha256 = memberOf(file, "sha256");
    if (typeof sha256 !== "string") return [];
    return [[sha256.toLowerCase(), { license: typeof name === "string" && name !== "" ? name : undefined }]];
  });
}

/** Reads the parts of a card that are looked at; one of somebody else may be anything. */
function readCard(file: string): { readonly license: unknown; readonly files: readonly unknown[] } {
  let card: unknown;
  try {
    card = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    // It is no card.
  }
  const files = memberOf(card, "files");
  return { license: memberOf(card, "license"), files: Array.isArray(files) ? files : [] };
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
