import path from "node:path";
import { readDataFile, writeDataFile } from "../resources/dataFile";

/**
 * Ports of the resources that listen, kept in the stack's data folder so that an address stays the same however the
 * program changes: REST API at the base port, function URLs from the tenth behind it.
 */
export class AddressBook {
  readonly #file: string;
  readonly #offsets: Record<string, number>;
  readonly #basePort: number;

  /** @param basePort  First of the ports, e.g. 4100. */
  constructor(dataDir: string, basePort: number) {
    this.#basePort = basePort;
    this.#file = path.join(dataDir, "ports.json");
    const kept = readDataFile<Record<string, number>>(
      this.#file,
      "delete it, and every address is chosen anew",
    );
    // One that the services have taken since is given out again.
    this.#offsets = Object.fromEntries(
      Object.entries(kept ?? {}).filter(([, offset]) => !RESERVED.includes(offset)),
    );
  }

  /** `type::name` to base address, without a slash at the end. */
  get addresses(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.#offsets).map(([key, offset]) => [
        key,
        `http://127.0.0.1:${this.#basePort + offset}`,
      ]),
    );
  }

  /** Gives each of the resources (`type::name`) a port of its own; in the order of their names, so that a fresh clone is like any other. */
  assign(keys: readonly string[]): void {
    const taken = new Set(Object.values(this.#offsets));
    for (const key of [...new Set(keys)].sort()) {
      if (this.#offsets[key] !== undefined) continue;
      let offset = key.startsWith(REST_API) ? 0 : FIRST_FUNCTION_URL;
      while (taken.has(offset) || RESERVED.includes(offset)) offset += 1;
      this.#offsets[key] = offset;
      taken.add(offset);
    }
    writeDataFile(this.#file, this.#offsets);
  }
}

const REST_API = "aws:apigateway/restApi:RestApi::";
const FIRST_FUNCTION_URL = 10;

/** Offsets of the services themselves, one of each a local cloud, of the address that is enough for all of them, and of the page. */
export const SERVICE_PORTS = { s3: 1, lambda: 2, sagemaker: 3, all: 4, page: 5 } as const;
const RESERVED: readonly number[] = Object.values(SERVICE_PORTS);
