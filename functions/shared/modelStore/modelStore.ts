import type { InferenceSession } from "onnxruntime-node";
import { HttpError, NotFound, ServiceUnavailable } from "../errors";
import { log } from "../log";
import { BrokenModel } from "./brokenModel";
import { ModelMetrics } from "./modelMetrics";
import type { FetchedModel, ModelSource } from "./modelSource";
import { type OpenModel, openModel } from "./openModel";
import { RefusedVersions } from "./refusedVersions";

export interface ModelStoreOptions {
  readonly source: ModelSource;
  /** Memory that all models together may take; one in use, or alone, is never dropped for it. */
  readonly maxBytes: number;
  /** After how many seconds a model's source is asked again whether there is a newer version; 0: at every request. */
  readonly checkSeconds: number;
  /** ms since any moment. @default performance.now */
  readonly now?: () => number;
}

/** A model that will not be dropped before it is given back. */
export interface ModelLease {
  readonly session: InferenceSession;
  /** Of the model that answers: an older one where its replacement is broken. */
  readonly version: string;
  /** ms that loading it took for this very request; `undefined` where it was there. */
  readonly loadMs: number | undefined;
  /** Gives the model back; a second call does nothing. */
  release(): void;
}

/** A loaded model, in its place or replaced and still in use. */
interface Loaded extends OpenModel {
  readonly version: string;
  /** Leases on it. */
  users: number;
  /** Out of its place: to be released when its last user is gone. */
  retired: boolean;
}

/** The place of one model. */
interface Slot {
  readonly key: string;
  model: Loaded | undefined;
  checkedAt: number;
  /** Loading or checking, once for all who wait for it. */
  busy: Promise<void> | undefined;
  /** Requests that wait or hold a lease: such a place is never given up. */
  requests: number;
}

/**
 * Models by key, loaded when first asked for and kept within a bound of memory: the least recently used go first.
 * Each is loaded once, however many ask at the same time.
 */
export class ModelStore {
  /** In the order of their last use. */
  private readonly slots = new Map<string, Slot>();
  /** Newest versions that are broken: not fetched again before they change. */
  private readonly refused = new RefusedVersions();
  private readonly metrics: ModelMetrics;
  private readonly now: () => number;
  private models = 0;
  private bytes = 0;

  constructor(private readonly options: ModelStoreOptions) {
    this.now = options.now ?? (() => performance.now());
    this.metrics = new ModelMetrics(this.now);
  }

  /** Models that are loaded, replaced ones still in use among them, and the bytes they take. */
  get size(): { readonly models: number; readonly bytes: number } {
    return { models: this.models, bytes: this.bytes };
  }

  /**
   * Runs `work` with a model.
   *
   * @param fields  The request's log fields, which get `model` and `modelLoadMs`.
   */
  async use<T>(
    key: string,
    fields: Record<string, unknown>,
    work: (session: InferenceSession, version: string) => Promise<T>,
  ): Promise<T> {
    fields.model = key;
    const lease = await this.acquire(key);
    if (lease.loadMs !== undefined) fields.modelLoadMs = lease.loadMs;
    try {
      return await work(lease.session, lease.version);
    } finally {
      lease.release();
    }
  }

  /**
   * Loads a model where it is not there yet, and holds it until it is given back.
   *
   * @throws NotFound            The source has no such model.
   * @throws ServiceUnavailable  It cannot be had, or loaded, now; why is the cause.
   */
  async acquire(key: string): Promise<ModelLease> {
    const slot = this.touch(key);
    const started = this.now();
    const hit = slot.model !== undefined;
    slot.requests++;
    try {
      if (slot.busy || this.isDue(slot)) {
        slot.busy ??= this.refresh(slot).finally(() => {
          slot.busy = undefined;
        });
        await slot.busy;
      }
      const { model } = slot;
      // Removed from its source between the load and this line.
      if (model === undefined) throw new NotFound(`There is no model ${key}`);
      if (hit) this.metrics.hit();
      return this.lease(slot, model, hit ? undefined : Math.round(this.now() - started));
    } catch (error) {
      this.leave(slot);
      throw error;
    }
  }

  private lease(slot: Slot, model: Loaded, loadMs: number | undefined): ModelLease {
    model.users++;
    let held = true;
    return {
      session: model.session,
      version: model.version,
      loadMs,
      release: () => {
        if (!held) return;
        held = false;
        model.users--;
        this.discard(model);
        this.leave(slot);
      },
    };
  }

  /** The model's place, made the most recently used. */
  private touch(key: string): Slot {
    const empty = { key, model: undefined, checkedAt: 0, busy: undefined, requests: 0 };
    const slot = this.slots.get(key) ?? empty;
    this.slots.delete(key);
    this.slots.set(key, slot);
    return slot;
  }

  private isDue({ model, checkedAt }: Slot): boolean {
    return model === undefined || this.now() - checkedAt >= this.options.checkSeconds * 1000;
  }

  /** Loads the model, or its replacement; where that is broken or cannot be had the old one stays. */
  private async refresh(slot: Slot): Promise<void> {
    const { key } = slot;
    const started = this.now();
    try {
      const refused = this.refused.get(key);
      const fetched = await this.options.source.fetch(key, refused?.version ?? slot.model?.version);
      if (fetched === undefined) {
        if (slot.model === undefined && refused) throw refused.reason;
        return;
      }
      this.refused.delete(key);
      if (fetched.version === slot.model?.version) {
        // What replaced it, and was broken, was taken away again.
        if ("stream" in fetched) fetched.stream.destroy();
        return;
      }
      const opened = await this.open(key, fetched);
      this.replace(slot, { ...opened, version: fetched.version, users: 0, retired: false });
      this.metrics.load(this.now() - started);
      this.evict();
    } catch (cause) {
      if (cause instanceof NotFound) {
        this.refused.delete(key);
        this.replace(slot, undefined);
        throw cause;
      }
      if (slot.model === undefined) {
        if (cause instanceof HttpError) throw cause;
        throw new ServiceUnavailable(`The model ${key} cannot be loaded now`, { cause });
      }
      log("warn", {
        message: "A model's replacement cannot be loaded: the old one goes on",
        model: key,
        error: cause,
      });
    } finally {
      slot.checkedAt = this.now();
    }
  }

  private async open(key: string, fetched: FetchedModel): Promise<OpenModel> {
    try {
      return await openModel(key, fetched, this.options.maxBytes);
    } catch (error) {
      // What lies on a file system is not fetched, and may be refused for the file system's faults.
      if (error instanceof BrokenModel && "stream" in fetched) {
        this.refused.set(key, { version: fetched.version, reason: error });
      }
      throw error;
    }
  }

  private replace(slot: Slot, model: Loaded | undefined): void {
    const old = slot.model;
    slot.model = model;
    if (model !== undefined) {
      this.models++;
      this.bytes += model.bytes;
    }
    if (old === undefined) return;
    old.retired = true;
    this.discard(old);
  }

  /** Releases a model that has neither a place nor a user any more. */
  private discard(model: Loaded): void {
    if (!model.retired || model.users > 0) return;
    this.models--;
    this.bytes -= model.bytes;
    model.session
      .release()
      .catch((error) => log("warn", { message: "A model could not be released", error }));
  }

  private leave(slot: Slot): void {
    slot.requests--;
    if (slot.requests === 0 && slot.model === undefined && this.slots.get(slot.key) === slot) {
      this.slots.delete(slot.key);
    }
    this.evict();
    this.metrics.write(this.models, this.bytes);
  }

  /** Drops the least recently used models until the others fit. */
  private evict(): void {
    for (const slot of this.slots.values()) {
      if (this.bytes <= this.options.maxBytes || this.models <= 1) return;
      if (slot.requests > 0 || slot.model === undefined) continue;
      this.slots.delete(slot.key);
      this.replace(slot, undefined);
      this.metrics.eviction();
    }
  }
}
