import path from "node:path";
import type { CodeStore, UnpackedCode } from "./codeStore";
import type { CodeSource } from "./functionConfiguration";
import { mergeLayers } from "./mergeLayers";
import type { VersionLedger } from "./versionLedger";

export interface LayerVersion extends UnpackedCode {
  readonly arn: string;
  readonly version: string;
}

/** Layer versions, and the `/opt` folders that functions make of them. */
export class LayerStore {
  readonly #code: CodeStore;
  readonly #ledger: VersionLedger;
  readonly #place: { readonly dataDir: string; readonly region: string; readonly accountId: string };
  readonly #folders = new Map<string, string>();

  constructor(
    code: CodeStore,
    ledger: VersionLedger,
    place: { dataDir: string; region: string; accountId: string },
  ) {
    this.#code = code;
    this.#ledger = ledger;
    this.#place = place;
  }

  /** Unpacks a layer, as this version or as the next one: another stack's may have the same name. */
  async publish(layerName: string, source: CodeSource, as?: string): Promise<LayerVersion> {
    const code = await this.#code.unpack(source);
    const version = as ?? String(this.#ledger.next(`layer/${layerName}`, code.sha256));
    const arn = `arn:aws:lambda:${this.#place.region}:${this.#place.accountId}:layer:${layerName}:${version}`;
    this.#folders.set(arn, code.folder);
    return { ...code, arn, version };
  }

  /** Folders of all layer versions. */
  get folders(): readonly string[] {
    return [...this.#folders.values()];
  }

  delete(arn: string): void {
    this.#folders.delete(arn);
  }

  /** The merged folder of a function's layers; none without layers. */
  async optFolder(arns: readonly string[]): Promise<string | undefined> {
    const folders = arns.map((arn) => {
      const folder = this.#folders.get(arn);
      if (folder === undefined) throw new Error(`the layer version ${arn} does not exist in the local cloud`);
      return folder;
    });
    return mergeLayers(folders, path.join(this.#place.dataDir, "opt"));
  }
}
