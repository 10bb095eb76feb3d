import type { Cloud } from "../cloud/cloud";
import { resourceTypeOf } from "../cloud/resourceTypes";
import { fromWire } from "../program/wireValue";
import { parseUrn } from "../resources/parseUrn";
import { rejectTakenName } from "../resources/physicalName";
import type { Properties } from "../resources/value";
import { ArchiveKeeper } from "./archiveKeeper";
import { checkResource } from "./checkResource";
import { CheckSession } from "./checkSessions";
import { type Deployment, declaredOf, deletedWithOwner } from "./deployment";
import { DeploymentOutputs, type DeploymentOutputsOptions } from "./deploymentOutputs";
import { DeploymentStore } from "./deploymentStore";
import { diffProperties, type PropertyChange } from "./diffProperties";
import { needsDeleteBeforeReplace } from "./needsDeleteBeforeReplace";
import { outputsOnWire } from "./outputsOnWire";
import { previewUpdate, type State } from "./previewUpdate";
import { readLive } from "./readLive";
import { forcedReplacements, isReplaced } from "./replacements";
import { type RestoreFailure, restore } from "./restore";

export interface ResourceProviderOptions extends DeploymentOutputsOptions {
  /** Finds the type of what is made, changed and deleted. @default among the local cloud's own */
  readonly typeOf?: typeof resourceTypeOf;
  readonly cloud: Cloud;
  /** The folder of the deployments and their archives. */
  readonly dataDir: string;
  /** The folder that paths of archives and assets are relative to. */
  readonly root: string;
}

/** A resource as the engine sends it. */
export interface ResourceRequest {
  readonly urn: string;
  /** Absent before it is made. */
  readonly id?: string;
  /** Its state in the stack, as far as the engine sends it. @default nothing: it is new, or a replacement */
  readonly olds?: Partial<State>;
  /** Its inputs in the program. @default nothing: it is deleted or read */
  readonly news?: Properties;
}

/** The engine that sent a request. */
export interface Caller {
  readonly session: CheckSession;
  /** Whether it has ended: nobody would know of what is made. */
  isGone(): boolean;
}

export interface Difference {
  readonly changes: readonly PropertyChange[];
  /** Properties that force a replacement. */
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/**
 * The local cloud as a Pulumi provider, without the wire: the resource types of `npm start`, checked, compared and
 * changed one by one as the engine asks. Properties given back are as they cross the wire, too.
 */
export class ResourceProvider {
  readonly #options: ResourceProviderOptions;
  readonly #store: DeploymentStore;
  readonly #archives: ArchiveKeeper;
  readonly #outputs: DeploymentOutputs;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ResourceProviderOptions) {
    this.#options = options;
    this.#store = new DeploymentStore(options.dataDir);
    this.#archives = new ArchiveKeeper(options.dataDir);
    this.#outputs = new DeploymentOutputs(this.#store, options);
  }

  /** Live resources, in the order they were made. */
  get live(): readonly Deployment[] {
    return this.#store.live;
  }

  /** Makes again what was live before a restart, and nothing else; returns what cannot be made. */
  restore(): Promise<readonly RestoreFailure[]> {
    return restore(this.#store, this.#options.cloud);
  }

  /** The inputs with a physical name filled in, and what AWS would reject of them. */
  check(
    { urn, olds, news = {}, proposedName }: ResourceRequest & { readonly proposedName?: string | undefined },
    session = new CheckSession(),
  ) {
    return checkResource(
      { urn, olds: olds?.inputs ?? {}, news, proposedName },
      session,
      this.#store,
      this.#options,
    );
  }

  diff(request: ResourceRequest): Difference {
    const { target, resourceType, olds, news } = this.#resolve(request);
    const changes = diffProperties(olds.inputs, news);
    const replaces = forcedReplacements(resourceType, changes);
    const idOf = (inputs: Properties) => this.#outputs.of(resourceType, target, inputs).id;
    return {
      changes,
      replaces,
      deleteBeforeReplace:
        replaces.length > 0 && needsDeleteBeforeReplace(resourceType, target.name, olds.inputs, news, idOf),
    };
  }

  /** The inputs, and the region, which AWS's provider fills in while it plans: the engine takes what is missing as unknown. */
  previewCreate({ urn, news = {} }: ResourceRequest): Properties {
    const { type, name } = parseUrn(urn);
    const { region } = this.#options.place;
    return "region" in resourceTypeOf(type, name).properties ? { region, ...news } : news;
  }

  create(
    request: ResourceRequest,
    { session, isGone }: Caller = { session: new CheckSession(), isGone: () => false },
  ): Promise<{ id: string; outputs: Properties }> {
    return this.#inTurn(async () => {
      if (isGone()) throw new Error(GONE);
      const { target, resourceType, news } = this.#resolve(request);
      const { urn, type } = target;
      const inputs = await this.#archives.keep(news);
      rejectTakenName(
        resourceType,
        urn,
        inputs,
        this.live.filter((other) => other.type === type),
      );
      const orphan = session.isNew(urn) ? this.#store.findOrphan(urn) : undefined;
      // It is made again in its place.
      const own = orphan && !isReplaced(orphan, inputs) ? orphan : undefined;
      const outputs: Properties & { id: string } = this.#outputs.of(resourceType, target, inputs, own);
      if (orphan === undefined && this.#store.isLive(urn, outputs.id)) {
        throw new Error(
          `"${outputs.id}" exists already, and a replacement is made first: give it the option \`deleteBeforeReplace\``,
        );
      }
      for (const output of resourceType.assigned ?? []) outputs[output] = own?.outputs[output];
      const resource = declaredOf({ ...target, inputs, outputs });
      if (own === undefined) this.#store.begin(resource);
      try {
        const { cloud } = this.#options;
        const given = await resourceType.create?.(resource, cloud);
        const made = { ...resource, outputs: { ...resource.outputs, ...given } };
        if (own === undefined && isGone()) {
          await resourceType.delete?.(made, cloud);
          throw new Error(GONE);
        }
        this.#store.put(made, resource);
        return { id: String(made.outputs.id), outputs: outputsOnWire(made, request.news) };
      } catch (error) {
        this.#store.drop(resource);
        throw error;
      }
    });
  }

  previewUpdate(request: ResourceRequest): Properties {
    const { target, resourceType, olds, news } = this.#resolve(request);
    const own = this.#find(request);
    const outputsOf = (inputs: Properties) => this.#outputs.of(resourceType, target, inputs, own);
    const outputs = previewUpdate(resourceType, outputsOf, olds, news);
    return outputsOnWire({ inputs: news, outputs }, request.news);
  }

  update(request: ResourceRequest): Promise<Properties> {
    return this.#inTurn(async () => {
      const { target, resourceType, olds, news } = this.#resolve(request);
      const own = this.#find(request);
      const old = own ?? { ...target, ...olds };
      const inputs = await this.#archives.keep(news);
      const kept = Object.fromEntries(
        ["id", ...(resourceType.assigned ?? [])].map((name) => [name, old.outputs[name]]),
      );
      const outputs = { ...this.#outputs.of(resourceType, target, inputs, own), ...kept };
      const resource = declaredOf({ ...target, inputs, outputs });
      const { cloud } = this.#options;
      const given = resourceType.update
        ? await resourceType.update(resource, declaredOf(old), cloud)
        : await resourceType.create?.(resource, cloud);
      const made = { ...resource, outputs: { ...resource.outputs, ...given, id: request.id } };
      this.#store.put(made, own);
      this.#archives.prune(this.live);
      return outputsOnWire(made, request.news);
    });
  }

  /**
   * Deletes it, and the resources that AWS deletes with it. A resource that is gone already counts as deleted, as with
   * AWS's provider.
   */
  delete(request: ResourceRequest): Promise<void> {
    return this.#inTurn(async () => {
      const resource = this.#find(request);
      if (resource === undefined) return;
      const members = this.live.filter((other) => deletedWithOwner(other, resource)).reverse();
      for (const gone of [...members, resource]) {
        await this.#typeOf(gone.type, gone.name).delete?.(declaredOf(gone), this.#options.cloud);
        this.#store.remove(gone);
      }
      this.#archives.prune(this.live);
    });
  }

  /** A live resource, `undefined` when it is gone; without `olds` for an import. */
  async read(request: ResourceRequest): Promise<State | undefined> {
    const { type } = parseUrn(request.urn);
    const resource =
      this.#find(request) ??
      this.live.find((other) => other.type === type && other.outputs.id === request.id);
    if (resource === undefined) return undefined;
    return readLive(resource, { inputs: {}, outputs: {}, ...request.olds }, this.#options.cloud);
  }

  #find({ urn, id = "", olds }: ResourceRequest): Deployment | undefined {
    return this.#store.find(urn, id, this.#plain(olds?.inputs ?? {}));
  }

  /** A request with its type, and its properties plain. */
  #resolve({ urn, olds, news = {} }: ResourceRequest) {
    const target = parseUrn(urn);
    return {
      target,
      resourceType: this.#typeOf(target.type, target.name),
      olds: { inputs: this.#plain(olds?.inputs ?? {}), outputs: this.#plain(olds?.outputs ?? {}) },
      news: this.#plain(news),
    };
  }

  get #typeOf(): typeof resourceTypeOf {
    return this.#options.typeOf ?? resourceTypeOf;
  }

  #plain(properties: Properties): Properties {
    return fromWire(properties, this.#options.root) as Properties;
  }

  /** The services take one change after another, as `npm start` makes them. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

const GONE = "the engine is gone";
