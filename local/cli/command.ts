import { parseArgs } from "node:util";
import { nearest } from "../resources/nearest";
import { progress } from "./progress";

export { progress } from "./progress";

/** An option of a command: how it is written, what it means, and the value that is made of it. */
export interface Option<T> {
  /** Stands for the value in the usage; absent for one without a value. */
  readonly placeholder?: string;
  readonly help: string;
  /** @param strings  What was given, in order; none for an option that was left out. @throws UsageError */
  parse(strings: readonly string[], name: string): T;
}

// biome-ignore lint/suspicious/noExplicitAny: a command's options have values of their own types.
type Options = Readonly<Record<string, Option<any>>>;
type ValuesOf<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends Option<infer T> ? T : never;
};

/** The user's mistake, in one line with the cure. Exit code 2. */
export class UsageError extends Error {}

export function text<D extends string | undefined = undefined>(
  placeholder: string,
  help: string,
  fallback?: D,
): Option<string | D> {
  const suffix = fallback === undefined ? "" : ` (default ${fallback})`;
  return { placeholder, help: help + suffix, parse: (strings) => strings.at(-1) ?? (fallback as D) };
}

/** One that may be repeated. */
export function strings(placeholder: string, help: string): Option<readonly string[]> {
  return { placeholder, help: `${help} (may be repeated)`, parse: (given) => given };
}

export function boolean(help: string): Option<boolean> {
  return { help, parse: (given) => given.length > 0 };
}

export function wholeNumber<D extends number | undefined = undefined>(
  range: readonly [min: number, max: number],
  help: string,
  fallback?: D,
): Option<number | D> {
  return numberLike({ kind: "a whole number", form: /^\d+$/, range }, help, fallback);
}

/** One with a decimal point, or without. */
export function number<D extends number | undefined = undefined>(
  range: readonly [min: number, max: number],
  help: string,
  fallback?: D,
): Option<number | D> {
  return numberLike({ kind: "a number", form: /^\d+(\.\d+)?$/, range }, help, fallback);
}

interface Numbers {
  readonly kind: string;
  readonly form: RegExp;
  readonly range: readonly [min: number, max: number];
}

function numberLike<D extends number | undefined>(
  { kind, form, range: [min, max] }: Numbers,
  help: string,
  fallback?: D,
): Option<number | D> {
  return {
    placeholder: "N",
    help: fallback === undefined ? help : `${help} (default ${fallback})`,
    parse(given, name) {
      const last = given.at(-1);
      if (last === undefined) return fallback as D;
      const value = form.test(last) ? Number(last) : Number.NaN;
      if (value >= min && value <= max) return value;
      throw new UsageError(`--${name} must be ${kind} from ${min} to ${max}, is "${last}".`);
    },
  };
}

export interface Command<O extends Options> {
  /** How it is called, e.g. `npm run smoke -- scene.npy [options]`; a line each. */
  readonly usage: string;
  /** Says what the command does, in whole sentences. */
  readonly about: string;
  readonly options: O;
  /** Fewest and most words beside the options. @default none */
  readonly words?: readonly [min: number, max: number];
  /** Further help, below the options. */
  readonly notes?: string;
  run(values: ValuesOf<O>, words: readonly string[]): Promise<void> | void;
}

/** Gives a command that is described apart from its file the types of its options. */
export function defineCommand<O extends Options>(definition: Command<O>): Command<O> {
  return definition;
}

/**
 * Runs a command as this process's own, and ends the process where it fails.
 *
 * @param args  @default the process's own
 */
export async function command<O extends Options>(
  definition: Command<O>,
  args: readonly string[] = process.argv.slice(2),
): Promise<void> {
  process.stdout.off("error", endWithReader).on("error", endWithReader);
  const code = await perform(definition, args);
  if (code !== 0) process.exit(code);
}

/**
 * Reads a command's options and runs it, or answers `--help`. What fails is one line on standard error.
 *
 * @returns  Exit code: 2 for what the user typed wrong, 1 for anything else that fails
 */
export async function perform<O extends Options>(
  definition: Command<O>,
  args: readonly string[],
): Promise<0 | 1 | 2> {
  // It warns of Node.js 20 at every command; `npm start` says it once.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  try {
    if (args.includes("--help") || args.includes("-h")) {
      console.log(usageOf(definition));
      return 0;
    }
    const { values, words } = read(definition, args);
    await definition.run(values, words);
    progress.end();
    return 0;
  } catch (error) {
    progress.end(true);
    console.error(oneLine(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

/** Ends as other programs do whose reader, `head` for example, has closed the pipe: without a word. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
  // What serves has processes to end first.
  if (process.listenerCount("SIGTERM") > 0) process.kill(process.pid, "SIGTERM");
  else process.exit();
}

function read<O extends Options>(
  { options, words: [min, max] = [0, 0], usage }: Command<O>,
  args: readonly string[],
) {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { placeholder }]) => [
      name,
      {
        type: placeholder === undefined ? ("boolean" as const) : ("string" as const),
        multiple: true as const,
      },
    ]),
  );
  const parsed = parse(args, config);
  const given = parsed.values as Readonly<Record<string, readonly (string | boolean)[] | undefined>>;
  const values = Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      const strings = (given[name] ?? []).map(String);
      if (strings.length === 0) rejectSwallowed(name);
      return [name, option.parse(strings, name)];
    }),
  ) as ValuesOf<O>;
  const words = parsed.positionals;
  if (words.length < min || words.length > max)
    throw new UsageError(`Usage: ${usage.split("\n")[0]}; --help says more.`);
  return { values, words };
}

function parse(
  args: readonly string[],
  options: Record<string, { type: "boolean" | "string"; multiple: true }>,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // The parser goes on about arguments that begin with a hyphen.
    const [reason] = (error as Error).message.split(". ");
    const [, unknown] = /^Unknown option '--(.+?)'/.exec(reason ?? "") ?? [];
    const near =
      unknown === undefined
        ? ""
        : nearest(
            `--${unknown}`,
            Object.keys(options).map((name) => `--${name}`),
          );
    throw new UsageError(`${reason?.replace(/\.$/, "")}${near}; --help lists the options.`);
  }
}

/** `npm start --port 4600` gives the option to npm, which hands it on as a variable. */
function rejectSwallowed(name: string): void {
  const value = process.env[`npm_config_${name.replaceAll("-", "_")}`];
  if (value === undefined || value === "" || name === "version") return;
  throw new UsageError(
    `npm took --${name} for itself: put \`--\` before the options, as in \`-- --${name}\`.`,
  );
}

function usageOf<O extends Options>({ usage, about, options, notes }: Command<O>): string {
  const labels = Object.entries(options).map(([name, { placeholder, help }]) => ({
    label: `  --${name}${placeholder === undefined ? "" : ` ${placeholder}`}`,
    help,
  }));
  const width = Math.max("  --help".length, ...labels.map(({ label }) => label.length)) + 2;
  const lines = labels.map(({ label, help }) =>
    help
      .split("\n")
      .map((line, index) => (index === 0 ? label : "").padEnd(width) + line)
      .join("\n"),
  );
  const head = usage
    .split("\n")
    .map((line, index) => (index === 0 ? "Usage: " : "       ") + line)
    .join("\n");
  return [head, "", about, "", ...lines, "  --help", ...(notes === undefined ? [] : ["", notes])].join("\n");
}

function oneLine(error: unknown): string {
  const { code, path } = Object(error) as NodeJS.ErrnoException;
  if (code === "ENOENT" && path !== undefined) return `There is no file ${path}.`;
  if (code === "EISDIR" && path === undefined) return "A folder was given in place of a file.";
  if (code === "EACCES" && path !== undefined) return `${path} may not be read or written by this user.`;
  const lines = (error instanceof Error ? error.message : String(error)).split("\n");
  return lines
    .map((line) => line.trim())
    .filter(Boolean)
    .join(" ");
}
