import type { AddressBook } from "../cloud/addressBook";
import type { Cloud } from "../cloud/cloud";
import { resourceTypeOf } from "../cloud/resourceTypes";
import { validateAgainst } from "../cloud/validateAgainst";
import { fromWire } from "../program/wireValue";
import type { Placement } from "../resources/declared";
import { parseUrn, type Urn } from "../resources/parseUrn";
import { refuseTakenName } from "../resources/refuseTakenName";
import type { ResourceType } from "../resources/resourceType";
import { faultsOf } from "../resources/treatment";
import type { Properties } from "../resources/value";
import { ArchiveKeeper } from "./archiveKeeper";
import { chooseAddress } from "./chooseAddress";
import { collides } from "./collides";
import { declaredOf } from "./declaredOf";
import { deletedWithOwner } from "./deletedWithOwner";
import { diffProperties, type PropertyChange } from "./diffProperties";
import { EngineRuns } from "./engineRuns";
import { forcedReplacements } from "./forcedReplacements";
import { isInState } from "./isInState";
import { isReplaced } from "./isReplaced";
import { Journal, type Standing } from "./journal";
import { outputsOnWire } from "./outputsOnWire";
import { previewUpdate, type State } from "./previewUpdate";
import { randomName } from "./randomName";
import { readStanding } from "./readStanding";
import { type RestoreFailure, restore } from "./restore";

export interface ResourceProviderOptions {
  /** Finds the type of what is made, changed and deleted. @default among the local cloud's own */
  readonly typeOf?: typeof resourceTypeOf;
  readonly cloud: Cloud;
  readonly place: Pick<Placement, "accountId" | "region">;
  readonly addresses: AddressBook;
  /** Where the journal and the archives of what stands are kept. */
  readonly dataDir: string;
  /** What relative paths of archives and assets are relative to. */
  readonly root: string;
}

/** Ids that are tried for a resource and the replacements that stand beside it. */
const MAX_REPLACEMENTS = 8;

/** Nobody is there to read it. */
const GONE = "the engine is gone";

/** What is wrong with a resource's inputs. */
export interface CheckFailure {
  /** Empty where no single one is to blame. */
  readonly property: string;
  readonly reason: string;
}

export interface Caller {
  /** Address of the engine that asks, one for each of its runs. */
  readonly engine: string;
  isGone(): boolean;
}

export interface Difference {
  readonly changes: readonly PropertyChange[];
  /** Properties that force a replacement. */
  readonly replaces: readonly string[];
  /** Whether the new one would collide with what it replaces. */
  readonly deleteBeforeReplace: boolean;
}

/**
 * The local cloud as a Pulumi provider, without the wire: the resource types of `npm start`, checked, compared and
 * changed one by one as the engine asks. All properties taken and given are as they cross the wire.
 *
 * One class, although it is long: what is checked is told to the changes that follow, and what stands to both.
 */
export class ResourceProvider {
  readonly #options: ResourceProviderOptions;
  readonly #journal: Journal;
  readonly #archives: ArchiveKeeper;
  readonly #runs = new EngineRuns();
  readonly #typeOf: typeof resourceTypeOf;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ResourceProviderOptions) {
    this.#options = options;
    this.#typeOf = options.typeOf ?? resourceTypeOf;
    this.#journal = new Journal(options.dataDir);
    this.#archives = new ArchiveKeeper(options.dataDir);
  }

  /** What stands, in the order it was made. */
  get standing(): readonly Standing[] {
    return this.#journal.all;
  }

  /** Makes what stood before a restart stand again, and nothing else; what cannot is returned. */
  restore(): Promise<readonly RestoreFailure[]> {
    return restore(this.#journal, this.#options.cloud);
  }

  /**
   * The inputs with a physical name filled in, and what AWS would refuse of them.
   *
   * @param engine  Address of the engine that asks, one for each of its runs.
   */
  check(
    urn: string,
    olds: Properties,
    news: Properties,
    engine = "",
  ): { inputs: Properties; failures: CheckFailure[] } {
    const { type, name } = parseUrn(urn);
    const inputs = { ...news };
    const isNew = this.#runs.isNew(engine, urn, olds);
    try {
      const resourceType = resourceTypeOf(type, name);
      const faults = faultsOf(news, resourceType.properties);
      if (faults.length > 0) return { inputs, failures: faults };
      const naming = resourceType.autoName;
      if (naming && news[naming.property] === undefined && news[`${naming.property}Prefix`] === undefined) {
        // What a run that was cut off made, unknown to the engine, is made again under the same name.
        const left = isNew ? this.#leftBehind(urn) : undefined;
        inputs[naming.property] =
          olds[naming.property] ?? left?.inputs[naming.property] ?? randomName(name, naming);
      }
      const plain = this.#plain(inputs);
      resourceType.check?.(plain, name);
      const own = isNew ? undefined : this.#journal.standingAs(urn, this.#plain(olds));
      this.#runs.tell(engine, { urn, type, name, inputs: plain, own, isNew });
      validateAgainst({ urn, type, name, inputs: plain }, this.#runs.neighbours(engine, urn, this.standing));
      return { inputs, failures: [] };
    } catch (error) {
      return { inputs, failures: [{ property: "", reason: (error as Error).message }] };
    }
  }

  diff(urn: string, olds: Properties, news: Properties): Difference {
    const target = parseUrn(urn);
    const resourceType = resourceTypeOf(target.type, target.name);
    const [before, after] = [this.#plain(olds), this.#plain(news)];
    const changes = diffProperties(before, after);
    const replaces = forcedReplacements(resourceType, changes);
    const idOf = (inputs: Properties) => this.#outputsOf(resourceType, target, inputs).id;
    const deleteBeforeReplace =
      replaces.length > 0 && collides(resourceType, target.name, before, after, idOf);
    return { changes, replaces, deleteBeforeReplace };
  }

  /**
   * In a preview the inputs are told, and the region, which AWS's provider fills in while it plans: the engine takes what
   * is missing as unknown.
   *
   * @param caller  The engine that asks; whether it is gone: nobody would know of what was made.
   */
  async create(
    urn: string,
    news: Properties,
    preview: boolean,
    { engine, isGone }: Caller = { engine: "", isGone: () => false },
  ): Promise<{ id: string; outputs: Properties }> {
    if (preview) return { id: "", outputs: { ...this.#regionOf(urn), ...news } };
    return this.#oneByOne(async () => {
      const target = parseUrn(urn);
      const resourceType = this.#typeOf(target.type, target.name);
      if (isGone()) throw new Error(GONE);
      const inputs = this.#archives.keep(this.#plain(news));
      refuseTakenName(
        resourceType,
        urn,
        inputs,
        this.standing.filter(({ type }) => type === target.type),
      );
      const { cloud } = this.#options;
      // What a run that was cut off made already, unknown to the engine, is made again in its place.
      const behind = this.#runs.isNew(engine, urn, {}) ? this.#leftBehind(urn) : undefined;
      const left = behind && !isReplaced(behind, inputs) ? behind : undefined;
      const outputs = this.#outputsOf(resourceType, target, inputs, left);
      if (behind === undefined) this.#refuseLiveId(urn, outputs.id);
      for (const output of resourceType.assigned ?? []) outputs[output] = left?.outputs[output];
      const resource = declaredOf({ ...target, inputs, outputs });
      if (left === undefined) this.#journal.begin(resource);
      try {
        const given = await resourceType.create?.(resource, cloud);
        const made = { ...resource, outputs: { ...resource.outputs, ...given } };
        if (left === undefined && isGone()) {
          await resourceType.delete?.(made, cloud);
          throw new Error(GONE);
        }
        this.#journal.put(made, resource);
        return { id: String(made.outputs.id), outputs: outputsOnWire(made, news) };
      } catch (error) {
        this.#journal.drop(resource);
        throw error;
      }
    });
  }

  async update(
    urn: string,
    id: string,
    olds: State,
    news: Properties,
    preview: boolean,
  ): Promise<Properties> {
    const target = parseUrn(urn);
    const resourceType = this.#typeOf(target.type, target.name);
    const plainOlds = { inputs: this.#plain(olds.inputs), outputs: this.#plain(olds.outputs) };
    const own = this.#journal.find(urn, id, plainOlds.inputs);
    const outputsOf = (inputs: Properties) => this.#outputsOf(resourceType, target, inputs, own);
    if (preview) {
      const inputs = this.#plain(news);
      return outputsOnWire(
        { inputs, outputs: previewUpdate(resourceType, outputsOf, plainOlds, inputs) },
        news,
      );
    }
    return this.#oneByOne(async () => {
      const old = own ?? { ...target, ...plainOlds };
      const inputs = this.#archives.keep(this.#plain(news));
      const kept = Object.fromEntries(
        ["id", ...(resourceType.assigned ?? [])].map((name) => [name, old.outputs[name]]),
      );
      const resource = declaredOf({ ...target, inputs, outputs: { ...outputsOf(inputs), ...kept } });
      const { cloud } = this.#options;
      const given = resourceType.update
        ? await resourceType.update(resource, declaredOf(old), cloud)
        : await resourceType.create?.(resource, cloud);
      const made = { ...resource, outputs: { ...resource.outputs, ...given, id } };
      this.#journal.put(made, own);
      this.#archives.prune(this.standing);
      return outputsOnWire(made, news);
    });
  }

  /** With what AWS deletes together with it. What is gone already counts as deleted, as with AWS's provider. */
  delete(urn: string, id: string, olds: Properties = {}): Promise<void> {
    return this.#oneByOne(async () => {
      const resource = this.#journal.find(urn, id, this.#plain(olds));
      if (resource === undefined) return;
      const members = this.standing.filter((other) => deletedWithOwner(other, resource)).reverse();
      for (const gone of [...members, resource]) {
        await this.#typeOf(gone.type, gone.name).delete?.(declaredOf(gone), this.#options.cloud);
        this.#journal.remove(gone.urn, String(gone.outputs.id));
      }
      this.#archives.prune(this.standing);
    });
  }

  /** What stands of a resource, `undefined` when it is gone; without what the engine knows of it, for an import. */
  async read(urn: string, id: string, known: State): Promise<State | undefined> {
    const { type } = parseUrn(urn);
    const resource =
      this.#journal.find(urn, id) ??
      this.standing.find((other) => other.type === type && other.outputs.id === id);
    if (resource === undefined) return undefined;
    return readStanding(resource, known, this.#options.cloud);
  }

  /**
   * What a run that was cut off made, unknown to the engine. What the state knows comes without its inputs too, where
   * `--replace` names it, and stands until its replacement does.
   */
  #leftBehind(urn: string): Standing | undefined {
    const { dataDir } = this.#options;
    return this.standing.find((other) => other.urn === urn && !isInState(dataDir, urn, other.outputs.id));
  }

  /** @throws Error  A replacement would be the very thing that it replaces, and go with it. */
  #refuseLiveId(urn: string, id: string | undefined): void {
    if (!this.#isLive(urn, id)) return;
    throw new Error(
      `"${id}" exists already, and a replacement is made first: give it the option \`deleteBeforeReplace\``,
    );
  }

  #regionOf(urn: string): Properties {
    const { type, name } = parseUrn(urn);
    const { region } = this.#options.place;
    return "region" in resourceTypeOf(type, name).properties ? { region } : {};
  }

  #plain(properties: Properties): Properties {
    return fromWire(properties, this.#options.root) as Properties;
  }

  #isLive(urn: string, id: string | undefined): boolean {
    return id !== undefined && this.standing.some((other) => other.urn === urn && other.outputs.id === id);
  }

  /**
   * What the type says of the resource. Most ids are made from the URN: a replacement that is made first gets the next
   * one, and keeps it.
   *
   * @param own  The resource itself, where it stands already.
   */
  #outputsOf(resourceType: ResourceType, target: Urn, inputs: Properties, own?: Standing) {
    const { addresses, place } = this.#options;
    const { urn, name, project, stack } = target;
    const address = (type: string, name: string) =>
      chooseAddress(addresses, `${type}::${project}/${stack}/${name}`, own, this.standing);
    const turn = (urn: string) =>
      resourceType.outputs(inputs, { name, urn }, { ...place, project, stack, address });
    const first = turn(urn);
    const isWanted = (id: string | undefined) => (own ? id === own.outputs.id : !this.#isLive(urn, id));
    for (let count = 2, outputs = first; count <= MAX_REPLACEMENTS; count++) {
      if (isWanted(outputs.id)) return outputs;
      outputs = turn(`${urn}#${count}`);
      if (outputs.id === first.id) break;
    }
    return first;
  }

  /** The services take one change after another, as `npm start` makes them. */
  #oneByOne<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
