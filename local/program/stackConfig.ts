import fs from "node:fs";
import path from "node:path";
import { missingStack } from "../cloud/missingStack";
import { readYaml, rejectBareDates } from "./readYaml";

/** A Pulumi project and one of its stacks, as their files describe them. */
export interface StackConfig {
  readonly project: string;
  readonly stack: string;
  /** Absolute path of the program: its file, or the folder that holds it. */
  readonly main: string;
  /** The folder that the program runs in, absolute. */
  readonly folder: string;
  /** Fully named key to text, structured values as JSON: what `pulumi.Config` reads. */
  readonly config: Readonly<Record<string, string>>;
  /** Settings that are not known here, a sentence each. */
  readonly notes: readonly string[];
}

/** The SDK's text for an unknown value; the SDK itself would take a quarter of the time that `npm start` loads for. */
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

interface ConfigDeclaration {
  readonly default?: unknown;
  readonly value?: unknown;
}

/**
 * Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml` as the Pulumi CLI does: defaults, then the stack's values, then
 * `overrides` (keys without a namespace belong to the project).
 *
 * @param onlyJudged  Whether what only the CLI can read is unknown, instead of an error.
 * @throws Error  Missing files, and encrypted values.
 */
export function readStackConfig(
  projectDir: string,
  stack: string,
  overrides: Readonly<Record<string, string>> = {},
  onlyJudged = false,
): StackConfig {
  const project = readProjectFile(projectDir);
  const runtime = typeof project.runtime === "string" ? project.runtime : project.runtime?.name;
  if (runtime !== undefined && runtime !== "nodejs") {
    throw new Error(
      `The program of ${projectDir} is for the runtime ${runtime}; only nodejs is evaluated here.`,
    );
  }
  const name = `Pulumi.${stack}.yaml`;
  const stackFile = path.join(projectDir, project.stackConfigDir ?? "", name);
  const { config: own = {}, environment } = readStackFile(stackFile, stack, onlyJudged);
  const notes: string[] = environment
    ? [`Values of the environment that ${name} imports are not known.`]
    : [];

  const config: Record<string, string> = {};
  const set = (key: string, value: unknown) => {
    if (value === undefined || value === null) return;
    const opened = openSecure(value, () => {
      if (!onlyJudged) {
        throw new Error(
          `${name}: \`${key}\` is encrypted, and only the Pulumi CLI can read it: use a stack without secrets here.`,
        );
      }
      notes.push(`The value of \`${key}\` in ${name} is encrypted, and not known.`);
    });
    config[key.includes(":") ? key : `${project.name}:${key}`] =
      typeof opened === "object" ? JSON.stringify(opened) : String(opened);
  };
  for (const [key, declared] of Object.entries(project.config ?? {})) {
    const { default: byDefault, value } = isObject(declared)
      ? (declared as ConfigDeclaration)
      : { value: declared };
    set(key, value ?? byDefault);
  }
  for (const [key, value] of Object.entries(own)) set(key, value);
  for (const [key, value] of Object.entries(overrides)) set(key, value);
  const main = path.resolve(projectDir, project.main ?? ".");
  const isFolder = fs.statSync(main, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return { project: project.name, stack, main, folder: isFolder ? main : path.dirname(main), config, notes };
}

/** Reads a project's `Pulumi.yaml`. @throws Error  It is missing, no YAML, or without a name. */
export function readProjectFile(projectDir: string): ProjectFile {
  const project: Partial<ProjectFile> = readYaml(path.join(projectDir, "Pulumi.yaml"));
  const { name } = project;
  if (typeof name !== "string") throw new Error(`Pulumi.yaml in ${projectDir} has no \`name\`.`);
  return { ...project, name };
}

interface ProjectFile {
  readonly name: string;
  readonly main?: string;
  readonly runtime?: string | { readonly name?: string };
  readonly stackConfigDir?: string;
  readonly config?: Readonly<Record<string, ConfigDeclaration | unknown>>;
}

interface StackFile {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly environment?: unknown;
}

/** A stack without settings needs no file; to serve one, a mistyped name must not make a stack of its own. */
function readStackFile(file: string, stack: string, onlyJudged: boolean): StackFile {
  if (onlyJudged && !fs.existsSync(file)) return {};
  const missing = fs.existsSync(path.dirname(file)) ? missingStack(stack, path.dirname(file)) : undefined;
  if (missing !== undefined) throw new Error(`${missing}.`);
  const settings: StackFile = readYaml(file);
  rejectBareDates(file);
  return settings;
}

/** A value of which the encrypted parts are unknown, at any depth. */
function openSecure(value: unknown, found: () => void): unknown {
  if (Array.isArray(value)) return value.map((item) => openSecure(item, found));
  if (!isObject(value)) return value;
  if (typeof value.secure === "string" && Object.keys(value).length === 1) {
    found();
    return UNKNOWN_TEXT;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, openSecure(item, found)]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
