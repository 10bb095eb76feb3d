import path from "node:path";
import { readDataFile, writeDataFile } from "../resources/dataFile";
import { parseUrn } from "../resources/parseUrn";
import type { Properties } from "../resources/value";
import type { Deployment } from "./deployment";
import { diffProperties } from "./diffProperties";
import { isReplaced } from "./replacements";
import { isInState } from "./stateFile";

/** A deployment in the file. */
interface Entry extends Deployment {
  readonly pending?: true;
}

/**
 * Which resources the engine has deployed to the local cloud, in one JSON file: a restarted local cloud makes what is
 * live again, and removes what was pending when it was killed. By URN and id, since a replacement is live beside the
 * resource that it replaces.
 */
export class DeploymentStore {
  readonly #dataDir: string;
  readonly #file: string;
  readonly #liveByKey = new Map<string, Deployment>();
  readonly #pendingByKey = new Map<string, Deployment>();

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
    this.#file = path.join(dataDir, "resources.json");
    const cure = "delete the folder that it is in, and deploy the stacks anew";
    const saved = readDataFile<Entry[]>(this.#file, cure) ?? [];
    for (const { pending, ...deployment } of saved) {
      (pending ? this.#pendingByKey : this.#liveByKey).set(keyOf(deployment), deployment);
    }
  }

  /** In the order they were made. */
  get live(): readonly Deployment[] {
    return [...this.#liveByKey.values()];
  }

  /** Resources whose `create` was begun; whether it was done nobody knows. */
  get pending(): readonly Deployment[] {
    return [...this.#pendingByKey.values()];
  }

  /**
   * Finds a live resource by its id. An alias gives a resource another URN, and the engine does not say so: it is found
   * under the one by which it was made.
   *
   * @param olds  Its inputs in the stack's state.
   */
  find(urn: string, id: string, olds: Properties): Deployment | undefined {
    return (
      this.#liveByKey.get(keyOf({ urn, outputs: { id } })) ??
      this.#ofSameType(urn).find((other) => other.outputs.id === id && !isReplaced(other, olds))
    );
  }

  /** Finds the live resource that matches these inputs of the stack's state. */
  findByInputs(urn: string, olds: Properties): Deployment | undefined {
    const same = this.#ofSameType(urn).filter(({ inputs }) => diffProperties(inputs, olds).length === 0);
    return same.find((other) => other.urn === urn) ?? same[0];
  }

  /** Finds what a killed engine made and never wrote into the stack's state. */
  findOrphan(urn: string): Deployment | undefined {
    return this.live.find((other) => other.urn === urn && !isInState(this.#dataDir, urn, other.outputs.id));
  }

  isLive(urn: string, id: string | undefined): boolean {
    return this.#liveByKey.has(keyOf({ urn, outputs: { id } }));
  }

  /** Notes a resource before it is made; `put` or `drop` follows. */
  begin(deployment: Deployment): void {
    this.#pendingByKey.set(keyOf(deployment), plain(deployment));
    this.#save();
  }

  /** Forgets a pending resource. */
  drop(deployment: Deployment): void {
    if (this.#pendingByKey.delete(keyOf(deployment))) this.#save();
  }

  /** @param before  The pending or live deployment that this one takes the place of, perhaps under another URN. */
  put(deployment: Deployment, before?: Deployment): void {
    if (before) {
      const key = keyOf(before);
      if (!this.#pendingByKey.delete(key) && before.urn !== deployment.urn) this.#liveByKey.delete(key);
    }
    this.#liveByKey.set(keyOf(deployment), plain(deployment));
    this.#save();
  }

  remove(deployment: Deployment): void {
    if (this.#liveByKey.delete(keyOf(deployment))) this.#save();
  }

  /** The live resources of the same type in the same stack. */
  #ofSameType(urn: string): Deployment[] {
    const { type, project, stack } = parseUrn(urn);
    return this.live.filter((other) => {
      const of = parseUrn(other.urn);
      return of.type === type && of.project === project && of.stack === stack;
    });
  }

  #save(): void {
    const pending: Entry[] = this.pending.map((deployment) => ({ ...deployment, pending: true }));
    writeDataFile(this.#file, [...this.live, ...pending]);
  }
}

function plain({ urn, type, name, inputs, outputs }: Deployment): Deployment {
  return { urn, type, name, inputs, outputs };
}

function keyOf({ urn, outputs }: Pick<Deployment, "urn" | "outputs">): string {
  return `${urn} ${outputs.id}`;
}
