import path from "node:path";
import { readDataFile, writeDataFile } from "../resources/dataFile";
import type { Declared } from "../resources/declared";
import { parseUrn } from "../resources/parseUrn";
import type { Properties } from "../resources/value";
import { diffProperties } from "./diffProperties";
import { isReplaced } from "./isReplaced";

/** A resource that stands, with what a delete or a restart needs to know of it. */
export type Standing = Pick<Declared, "urn" | "type" | "name" | "inputs" | "outputs">;

/** As it lies in the file. */
interface Entry extends Standing {
  /** Whether it was still being made. */
  readonly making?: true;
}

/**
 * Which resources the engine has made in the local cloud: kept in one JSON file, so that a restarted local cloud can
 * make them stand again, and take away what it was making when it was killed. By URN and id, since a replacement
 * stands beside what it replaces.
 */
export class Journal {
  readonly #file: string;
  readonly #standing = new Map<string, Standing>();
  readonly #making = new Map<string, Standing>();

  constructor(dataDir: string) {
    this.#file = path.join(dataDir, "resources.json");
    const cure = "delete the folder that it is in, and deploy the stacks anew";
    const saved = readDataFile<Entry[]>(this.#file, cure) ?? [];
    for (const { making, ...resource } of saved) {
      (making ? this.#making : this.#standing).set(keyOf(resource.urn, resource.outputs.id), resource);
    }
  }

  /** In the order they were made. */
  get all(): readonly Standing[] {
    return [...this.#standing.values()];
  }

  /** What was being made, and whether that was done nobody knows. */
  get half(): readonly Standing[] {
    return [...this.#making.values()];
  }

  /**
   * A resource by its id. Where an alias has given it another URN since, of which the engine tells nothing, it stands
   * under the one by which it was made.
   *
   * @param olds  Its inputs in the stack's state.
   */
  find(urn: string, id: string, olds: Properties = {}): Standing | undefined {
    return (
      this.#standing.get(keyOf(urn, id)) ??
      this.#ofKind(urn).find((other) => other.outputs.id === id && !isReplaced(other, olds))
    );
  }

  /** As what a resource stands that has these inputs in the stack's state. */
  standingAs(urn: string, olds: Properties): Standing | undefined {
    const same = this.#ofKind(urn).filter(({ inputs }) => diffProperties(inputs, olds).length === 0);
    return same.find((other) => other.urn === urn) ?? same[0];
  }

  /** Those of a type in a stack. */
  #ofKind(urn: string): Standing[] {
    const { type, project, stack } = parseUrn(urn);
    return this.all.filter((other) => {
      const of = parseUrn(other.urn);
      return of.type === type && of.project === project && of.stack === stack;
    });
  }

  /** Notes a resource before it is made; `put` or `drop` follows. */
  begin(resource: Standing): void {
    this.#making.set(keyOf(resource.urn, resource.outputs.id), plain(resource));
    this.#save();
  }

  /** Forgets what was begun. */
  drop({ urn, outputs }: Standing): void {
    if (this.#making.delete(keyOf(urn, outputs.id))) this.#save();
  }

  /** @param before  As what it was begun, or stood until now: under another URN, perhaps. */
  put(resource: Standing, before?: Standing): void {
    if (before) {
      const key = keyOf(before.urn, before.outputs.id);
      if (!this.#making.delete(key) && before.urn !== resource.urn) this.#standing.delete(key);
    }
    this.#standing.set(keyOf(resource.urn, resource.outputs.id), plain(resource));
    this.#save();
  }

  remove(urn: string, id: string): void {
    if (this.#standing.delete(keyOf(urn, id))) this.#save();
  }

  #save(): void {
    const making: Entry[] = this.half.map((resource) => ({ ...resource, making: true }));
    writeDataFile(this.#file, [...this.all, ...making]);
  }
}

function plain({ urn, type, name, inputs, outputs }: Standing): Standing {
  return { urn, type, name, inputs, outputs };
}

function keyOf(urn: string, id: string | undefined): string {
  return `${urn} ${id}`;
}
