import { readDataFile, writeDataFile } from "../../resources/dataFile";

/** The latest version of a function or layer. */
interface Published {
  readonly version: number;
  readonly digest: string;
}

/**
 * Which version number goes with which code and configuration, kept across restarts in one JSON file: what changed
 * gets the next number, what did not keeps its own, as with `publish: true` on AWS.
 */
export class VersionLedger {
  readonly #file: string;
  readonly #last: Map<string, Published>;

  constructor(file: string) {
    this.#file = file;
    this.#last = readLedger(file);
  }

  /** The version number for a function (or layer) in the state that `digest` stands for. */
  publish(name: string, digest: string): number {
    const last = this.#last.get(name);
    return last?.digest === digest ? last.version : this.next(name, digest);
  }

  /** A version number that there has not been before. */
  next(name: string, digest: string): number {
    const version = (this.#last.get(name)?.version ?? 0) + 1;
    writeDataFile(this.#file, Object.fromEntries([...this.#last, [name, { version, digest }]]));
    // A number counts as given once it is written down.
    this.#last.set(name, { version, digest });
    return version;
  }
}

/** @throws Error  It is damaged: numbers that were given must not be given again by themselves. */
function readLedger(file: string): Map<string, Published> {
  const cure = "delete it, and versions of functions and layers are counted from 1 again";
  return new Map(Object.entries(readDataFile<Record<string, Published>>(file, cure) ?? {}));
}
