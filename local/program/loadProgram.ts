import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { loadEsModules } from "./esModules";

interface Manifest {
  readonly type?: string;
  readonly main?: string;
  readonly exports?: string | { readonly "."?: string | Readonly<Record<string, string>> };
}

/**
 * Loads a program and runs what it exports, as Pulumi's language host does
 * (https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/cmd/run/run.ts): a function is called, its promise awaited.
 *
 * @param main  Absolute path of the program's file, or of its folder.
 * @returns  The stack's outputs.
 */
export async function loadProgram(main: string): Promise<unknown> {
  const { folder, manifest } = nearestManifest(main);
  // A package that the program lies within has an entry point of its own.
  const program = folder === main ? (entryPoint(folder, manifest) ?? main) : main;
  const exported =
    manifest.type === "module" || program.endsWith(".mjs") || program.endsWith(".mts")
      ? await importModule(program)
      : createRequire(path.join(folder, "package.json"))(program);
  return typeof exported === "function" ? await exported() : exported;
}

async function importModule(program: string): Promise<unknown> {
  loadEsModules();
  const file = isFolder(program) ? indexOf(program) : program;
  const exported = { ...(await import(pathToFileURL(fs.realpathSync(file)).href)) } as Record<
    string,
    unknown
  >;
  // Node.js adds it to a module of CommonJS.
  delete exported["module.exports"];
  if (!("default" in exported)) return exported;
  if (Object.keys(exported).length > 1) {
    throw new Error("The program has a default export beside named ones: Pulumi takes either.");
  }
  return exported.default;
}

function nearestManifest(main: string): { folder: string; manifest: Manifest } {
  let folder = isFolder(main) ? main : path.dirname(main);
  while (!fs.existsSync(path.join(folder, "package.json"))) {
    const parent = path.dirname(folder);
    if (parent === folder) return { folder: isFolder(main) ? main : path.dirname(main), manifest: {} };
    folder = parent;
  }
  return { folder, manifest: JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")) };
}

/** The file that a package names as its program, where it is there. */
function entryPoint(folder: string, { exports, main }: Manifest): string | undefined {
  const own = typeof exports === "object" ? exports["."] : exports;
  const named = typeof own === "object" ? (own.default ?? own.require ?? own.import) : (own ?? main);
  if (named === undefined) return undefined;
  const file = path.join(folder, named);
  return fs.existsSync(file) ? file : undefined;
}

function indexOf(folder: string): string {
  const file = ["index.js", "index.mjs", "index.ts", "index.mts"]
    .map((name) => path.join(folder, name))
    .find((candidate) => fs.existsSync(candidate));
  if (file === undefined) throw new Error(`There is no index.ts or index.js in ${folder}.`);
  return file;
}

function isFolder(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
