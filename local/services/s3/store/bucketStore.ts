import { mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { readDataFile, writeDataFile } from "../../../resources/dataFile";
import { parsePolicy } from "../../iam/parsePolicy";
import type { PolicyDocument } from "../../iam/policyDocument";
import type { BucketConfiguration } from "./bucketConfiguration";
import { BucketState } from "./bucketState";
import { DataFiles } from "./dataFiles";
import { Journal } from "./journal";
import type { Entry } from "./types";

/**
 * One bucket in a folder: `bucket.json` its settings, `journal.jsonl` its objects, `data/` their bytes.
 * Reads look at {@link state}; every change goes through {@link commit} or {@link configure}, one at a time.
 */
export class BucketStore {
  #queue: Promise<unknown> = Promise.resolve();
  readonly #folder: string;
  #settings: BucketConfiguration;
  #policyDocument: PolicyDocument | undefined;
  readonly #journal: Journal<Entry>;

  private constructor(
    folder: string,
    settings: BucketConfiguration,
    policyDocument: PolicyDocument | undefined,
    readonly state: BucketState,
    readonly data: DataFiles,
    journal: Journal<Entry>,
  ) {
    this.#folder = folder;
    this.#settings = settings;
    this.#policyDocument = policyDocument;
    this.#journal = journal;
  }

  static async make(folder: string, configuration: BucketConfiguration): Promise<BucketStore> {
    await mkdir(folder, { recursive: true });
    writeSettings(folder, configuration);
    return BucketStore.open(folder);
  }

  /** @throws Error  A file of the bucket is damaged: it says which, and what to do. */
  static async open(folder: string): Promise<BucketStore> {
    const settings = readSettings(folder);
    const state = new BucketState();
    let lines = 0;
    const journal = await Journal.open<Entry>(join(folder, "journal.jsonl"), (entry) => {
      state.apply(entry);
      lines++;
    });
    const entries = [...state.entries()];
    if (lines > 2 * entries.length + 1000) await journal.rewrite(entries);
    const data = await DataFiles.open(join(folder, "data"), state.files());
    return new BucketStore(folder, settings, readPolicy(settings), state, data, journal);
  }

  get name(): string {
    return this.#settings.name;
  }

  get configuration(): BucketConfiguration {
    return this.#settings;
  }

  /** The bucket policy. */
  get policy(): PolicyDocument | undefined {
    return this.#policyDocument;
  }

  /** Changes settings; one given as `undefined` is taken away. @throws Error for a policy that cannot be read */
  configure(change: Partial<Omit<BucketConfiguration, "name" | "creationDate">>): Promise<void> {
    return this.#enqueue(async () => {
      const settings = { ...this.#settings, ...change };
      const policy = readPolicy(settings);
      writeSettings(this.#folder, settings);
      this.#settings = settings;
      this.#policyDocument = policy;
    });
  }

  /** Takes away all settings but versioning, which is never undone. */
  reset(): Promise<void> {
    return this.configure({
      defaultEncryption: undefined,
      corsRules: undefined,
      policy: undefined,
      lifecycleRules: undefined,
      lambdaFunctionConfigurations: undefined,
      publicAccessBlock: undefined,
      tags: undefined,
    });
  }

  /**
   * Writes down what `decide` makes of the state, and then makes it so. Nothing else happens to the bucket
   * between the two, so `decide` is the place for preconditions; what it throws changes nothing.
   */
  async commit(decide: (state: BucketState) => readonly Entry[]): Promise<void> {
    const unused = await this.#enqueue(async () => {
      const entries = decide(this.state);
      if (entries.length > 0) await this.#journal.append(entries);
      return entries.flatMap((entry) => this.state.apply(entry));
    });
    // What is committed has happened; a file that cannot be removed now goes at the next start.
    await this.data.remove(unused).catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#enqueue(() => this.#journal.close());
  }

  /** Closes the bucket and removes all of it. */
  async destroy(): Promise<void> {
    await this.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #enqueue<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

/** @throws Error  The file is damaged or gone. */
function readSettings(folder: string): BucketConfiguration {
  const file = join(folder, "bucket.json");
  const minimum = JSON.stringify({ name: basename(folder), creationDate: new Date().toISOString() });
  const cure = `write ${minimum} to it, and the program sets the rest again; or delete its folder with all objects`;
  const settings = readDataFile<BucketConfiguration>(file, cure);
  if (settings === undefined) throw new Error(`${file} is gone: ${cure}.`);
  return settings;
}

function writeSettings(folder: string, settings: BucketConfiguration): void {
  writeDataFile(join(folder, "bucket.json"), settings);
}

function readPolicy({ policy }: BucketConfiguration): PolicyDocument | undefined {
  return policy === undefined ? undefined : parsePolicy(policy, "resource");
}
