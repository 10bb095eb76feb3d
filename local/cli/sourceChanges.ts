import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Changes } from "../cloud/reconcile";
import type { SourceChange } from "./watchSources";

/** Editors write a file in several steps. */
const SETTLE_MS = 50;

export interface SourceChangesOptions {
  readonly projectDir: string;
  /** Names of the functions whose code a file is (an absolute path), and nothing else; `undefined` for any other file. */
  functionsOf(file: string): readonly string[] | undefined;
  /** Serves the changes. @param files  Absolute paths of all that changed since it last succeeded. */
  update(files: readonly string[]): Promise<Changes>;
  /** Takes the files of an update, relative to the project, and what changed or why nothing did. */
  onUpdate?(files: readonly string[], result: Changes | Error): void;
}

/** The changes of the sources that are not served yet. */
export class SourceChanges {
  readonly #options: SourceChangesOptions;
  readonly #root: string;
  #lastChange = 0;
  /** Since the last update, by file. */
  readonly #changed = new Map<string, SourceChange["kind"]>();
  /** Absolute paths of what changed since the last update that succeeded. */
  readonly #unserved = new Set<string>();
  #updating: Promise<void> | undefined;
  /** Names of the functions that the update is about; `undefined` for anything. */
  #functions: ReadonlySet<string> | undefined;

  constructor(options: SourceChangesOptions) {
    this.#options = options;
    this.#root = fs.realpathSync(options.projectDir);
  }

  add({ file, kind }: SourceChange): void {
    this.#lastChange = performance.now();
    this.#changed.set(file, kind);
    const functions = this.#options.functionsOf(path.join(this.#root, file));
    const others = this.#updating === undefined ? [] : this.#functions;
    this.#functions = functions && others && new Set([...functions, ...others]);
    this.#updating ??= this.#updateWhenQuiet().finally(() => {
      this.#updating = undefined;
    });
  }

  /** Resolved when what changed of a function is served. @param functionName  @default what may be of any function */
  async served(functionName?: string): Promise<void> {
    if (this.#functions === undefined || (functionName !== undefined && this.#functions.has(functionName)))
      await this.#updating;
  }

  async #updateWhenQuiet(): Promise<void> {
    let seen: number;
    do {
      for (let wait = SETTLE_MS; wait > 0; wait = this.#lastChange + SETTLE_MS - performance.now())
        await sleep(wait);
      seen = this.#lastChange;
      const files = this.#takeChanged();
      if (files.length === 0) continue;
      for (const file of files) this.#unserved.add(path.join(this.#root, file));
      const result = await this.#options.update([...this.#unserved]).catch((error: Error) => error);
      if (!(result instanceof Error)) this.#unserved.clear();
      this.#options.onUpdate?.(files, result);
    } while (this.#lastChange !== seen);
  }

  /** The files that were saved; editors save by way of temporary ones, which are gone again. */
  #takeChanged(): string[] {
    const saved = [...this.#changed].filter(
      ([file, kind]) =>
        kind === "changed" || fs.existsSync(path.join(this.#root, file)) === (kind === "added"),
    );
    this.#changed.clear();
    return saved.map(([file]) => file);
  }
}
