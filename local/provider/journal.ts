import fs from "node:fs";
import path from "node:path";
import type { Declared } from "../resourceType";

/** A resource that stands, with what a delete or a restart needs to know of it. */
export type Standing = Pick<Declared, "urn" | "type" | "name" | "inputs" | "outputs">;

/**
 * Which resources the engine has made in the local cloud: kept in one JSON file, so that a restarted local cloud can
 * make them stand again. By URN and id, since a replacement stands beside what it replaces.
 */
export class Journal {
  readonly #file: string;
  readonly #standing: Map<string, Standing>;

  constructor(dataDir: string) {
    this.#file = path.join(dataDir, "resources.json");
    const saved: Standing[] = fs.existsSync(this.#file)
      ? JSON.parse(fs.readFileSync(this.#file, "utf8"))
      : [];
    this.#standing = new Map(saved.map((resource) => [keyOf(resource.urn, resource.outputs.id), resource]));
  }

  /** In the order they were made. */
  get all(): readonly Standing[] {
    return [...this.#standing.values()];
  }

  find(urn: string, id: string): Standing | undefined {
    return this.#standing.get(keyOf(urn, id));
  }

  put({ urn, type, name, inputs, outputs }: Standing): void {
    this.#standing.set(keyOf(urn, outputs.id), { urn, type, name, inputs, outputs });
    this.#save();
  }

  remove(urn: string, id: string): void {
    if (this.#standing.delete(keyOf(urn, id))) this.#save();
  }

  #save(): void {
    const draft = `${this.#file}.part`;
    fs.writeFileSync(draft, JSON.stringify(this.all, undefined, 1));
    fs.renameSync(draft, this.#file);
  }
}

function keyOf(urn: string, id: string | undefined): string {
  return `${urn} ${id}`;
}
