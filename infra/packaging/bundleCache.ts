import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import { type BuildOptions, buildSync, version } from "esbuild";
import { replaceFile } from "./files";
import { PROJECT_ROOT } from "./paths";

/** Bundles of earlier evaluations, the last one of each entry point. */
const FOLDER = path.join(PROJECT_ROOT, ".paddock", "bundles");

/**
 * Files that decide where packages and their exports are found: npm's record of what is installed, and the settings of
 * the compiler.
 */
const RESOLUTION = ["package.json", "tsconfig.json", "node_modules/.package-lock.json"];

export interface Built {
  /** Keyed by name, source maps among them. */
  readonly outputs: Readonly<Record<string, Uint8Array>>;
  /** Files that esbuild read, relative to the project's root. */
  readonly inputs: readonly string[];
  /** Modules that stay outside. */
  readonly externals: readonly string[];
}

interface Cached extends Built {
  readonly fingerprint: string;
}

/**
 * Bundles an entry point, unless an earlier evaluation did and nothing changed since of what esbuild read, of the files
 * beside those, which it might read in their place, and of what is installed.
 *
 * @param options  With `absWorkingDir` the project's root, one entry point and one outfile.
 */
export function buildOnce(
  entry: string,
  options: BuildOptions & { readonly outfile: string },
  folder = FOLDER,
): Built {
  const key = createHash("sha256").update(`${entry}\0${options.outfile}`).digest("hex").slice(0, 16);
  const file = path.join(folder, `${path.basename(options.outfile, ".js")}-${key}`);
  const cached = read(file);
  if (cached?.fingerprint === fingerprintOf(cached?.inputs ?? [], options)) return cached;
  const built = build(entry, options);
  replaceFile(file, serialize({ ...built, fingerprint: fingerprintOf(built.inputs, options) }));
  return built;
}

/** Bundles an entry point. */
export function build(entry: string, options: BuildOptions): Built {
  const result = buildSync({ ...options, entryPoints: [entry], write: false, metafile: true });
  const outputs = (result.outputFiles ?? []).map(
    (output) => [path.basename(output.path), output.contents] as const,
  );
  return {
    outputs: Object.fromEntries(outputs),
    inputs: Object.keys(result.metafile?.inputs ?? {}),
    externals: Object.values(result.metafile?.outputs ?? {}).flatMap(({ imports }) =>
      imports.filter(({ external }) => external).map((imported) => imported.path),
    ),
  };
}

/** `undefined` where there is none, or one that another version of Node.js or of this file wrote. */
function read(file: string): Cached | undefined {
  try {
    const cached = deserialize(fs.readFileSync(file)) as Partial<Cached>;
    return cached.fingerprint && cached.inputs ? (cached as Cached) : undefined;
  } catch {
    return undefined;
  }
}

function fingerprintOf(inputs: readonly string[], options: BuildOptions): string {
  const hash = createHash("sha256").update(`${version}\0${JSON.stringify(options)}\0`);
  const folders = [...new Set(inputs.map((input) => path.dirname(input)))];
  for (const file of [...RESOLUTION, ...inputs]) hash.update(`${file}\0${digestOf(file, fs.readFileSync)}\0`);
  for (const folder of folders) hash.update(`${folder}\0${digestOf(folder, namesIn)}\0`);
  return hash.digest("hex");
}

/** Digests by absolute path, each with the state of the file that it is of. */
const DIGESTS = new Map<string, { readonly state: string; readonly digest: string }>();

/** Digest of a file or folder, empty where there is none. Most are in several bundles, and are read once. */
function digestOf(file: string, read: (absolute: string) => string | Uint8Array): string {
  const absolute = path.resolve(PROJECT_ROOT, file);
  const stat = fs.statSync(absolute, { throwIfNoEntry: false, bigint: true });
  if (stat === undefined) return "";
  const state = `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;
  const known = DIGESTS.get(absolute);
  if (known?.state === state) return known.digest;
  const digest = createHash("sha256").update(read(absolute)).digest("base64");
  DIGESTS.set(absolute, { state, digest });
  return digest;
}

function namesIn(folder: string): string {
  return fs.readdirSync(folder).sort().join("\0");
}
