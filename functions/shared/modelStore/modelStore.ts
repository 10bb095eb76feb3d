// One file, although it is long: what is loaded, rejected and dropped is one state, and each step changes all of it.
import type { InferenceSession } from "onnxruntime-node";
import { HttpError, NotFound, ServiceUnavailable, Unprocessable } from "../errors";
import { log } from "../log";
import { BrokenModel } from "./brokenModel";
import type { ModelInUse, ModelLease } from "./modelLease";
import { ModelMetrics } from "./modelMetrics";
import type { FetchedModel, ModelSource } from "./modelSource";
import { type OpenModel, openModel } from "./openModel";
import { RejectedVersions } from "./rejectedVersions";
import { type ResidentModel, ResidentModels } from "./residentModels";
import { tooLarge } from "./spool";

export interface ModelStoreOptions {
  readonly source: ModelSource;
  /**
   * Memory for all models together, in bytes, and the limit on a model's file: loading takes twice its size. A model in
   * use, or the only one, is never dropped for it.
   */
  readonly maxBytes: number;
  /** Seconds after which a model's source is asked again for a newer version; 0: at every request. */
  readonly checkSeconds: number;
  /** ms since any moment. @default performance.now */
  readonly now?: () => number;
}

/** The place of one model. */
interface Slot {
  readonly key: string;
  model: ResidentModel | undefined;
  checkedAt: number;
  /** Loading or checking, once for all requests that wait for it. */
  busy: Promise<void> | undefined;
  /** Requests that wait for the model or use it; an entry with any is never removed. */
  requests: number;
}

/**
 * Models by key, loaded when first requested and kept within a memory limit: the least recently used are dropped first.
 * Each is loaded once, however many requests wait for it.
 */
export class ModelStore {
  /** In the order of their last use. */
  readonly #slots = new Map<string, Slot>();
  /** Newest versions that can never be served: not fetched again until they change. */
  readonly #rejected = new RejectedVersions();
  readonly #metrics: ModelMetrics;
  readonly #now: () => number;
  readonly #resident = new ResidentModels();
  readonly #options: ModelStoreOptions;

  constructor(options: ModelStoreOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#metrics = new ModelMetrics(this.#now);
  }

  /** The number of loaded models, including replaced ones that are still in use, and their bytes. */
  get size(): { readonly models: number; readonly bytes: number } {
    return { models: this.#resident.size, bytes: this.#resident.bytes };
  }

  /**
   * Explains why the newest version of a model is not served, as far as this store knows.
   *
   * @param bytes  Size of the model's object.
   */
  rejectionFor(key: string, bytes: number): string | undefined {
    const { maxBytes } = this.#options;
    return (
      this.#rejected.get(key)?.reason.message ?? (bytes > maxBytes ? tooLarge(maxBytes).message : undefined)
    );
  }

  /**
   * Runs `work` with a model. If it throws {@link BrokenModel}, this version is not loaded again.
   *
   * @param fields  The request's log fields, which get `model` and `modelLoadMs`.
   */
  async use<T>(
    key: string,
    fields: Record<string, unknown>,
    work: (session: InferenceSession, model: ModelInUse) => Promise<T>,
  ): Promise<T> {
    fields.model = key;
    const lease = await this.acquire(key);
    if (lease.loadMs !== undefined) fields.modelLoadMs = lease.loadMs;
    try {
      return await work(lease.session, lease);
    } catch (error) {
      if (!(error instanceof BrokenModel)) throw error;
      this.#reject(key, lease.version, error);
      throw unprocessable(key, error);
    } finally {
      lease.release();
    }
  }

  /**
   * Begins to load a model before a request asks for it: Lambda's init phase has more processor time than a small function's
   * requests. What fails then is tried again by the request that needs the model.
   */
  preload(key: string): void {
    this.acquire(key).then(
      ({ release }) => release(),
      () => {},
    );
  }

  /**
   * Loads a model unless it is in memory, and keeps it until it is released.
   *
   * @throws NotFound  The source has no such model.
   * @throws Unprocessable  The model can never be served; the message says why.
   * @throws ServiceUnavailable  It cannot be fetched or loaded now; the cause says why.
   */
  async acquire(key: string): Promise<ModelLease> {
    const slot = this.#touch(key);
    const started = this.#now();
    const hit = slot.model !== undefined;
    slot.requests++;
    try {
      if (slot.busy || this.#isDue(slot)) {
        slot.busy ??= this.#refresh(slot).finally(() => {
          slot.busy = undefined;
        });
        await slot.busy;
      }
      const { model } = slot;
      // It was removed from its source between the load and this line.
      if (model === undefined) throw new NotFound(`There is no model ${key}`);
      if (hit) this.#metrics.hit();
      return this.#lease(slot, model, hit ? undefined : Math.round(this.#now() - started));
    } catch (error) {
      this.#leave(slot);
      throw error;
    }
  }

  #lease(slot: Slot, model: ResidentModel, loadMs: number | undefined): ModelLease {
    const giveBack = this.#resident.hold(model);
    const { session, version, facts } = model;
    let held = true;
    return {
      session,
      version,
      facts,
      loadMs,
      release: () => {
        if (!held) return;
        held = false;
        giveBack();
        this.#leave(slot);
      },
    };
  }

  /** Finds the model's entry, and makes it the most recently used one. */
  #touch(key: string): Slot {
    const empty = { key, model: undefined, checkedAt: 0, busy: undefined, requests: 0 };
    const slot = this.#slots.get(key) ?? empty;
    this.#slots.delete(key);
    this.#slots.set(key, slot);
    return slot;
  }

  #isDue({ model, checkedAt }: Slot): boolean {
    return model === undefined || this.#now() - checkedAt >= this.#options.checkSeconds * 1000;
  }

  /** Loads the model or its replacement; if the replacement is broken or unavailable, the old one stays. */
  async #refresh(slot: Slot): Promise<void> {
    const { key } = slot;
    const started = this.#now();
    const rejected = this.#rejected.get(key);
    try {
      const fetched = await this.#options.source.fetch(key, rejected?.version ?? slot.model?.version);
      if (fetched === undefined) {
        if (slot.model === undefined && rejected) throw rejected.reason;
        return;
      }
      this.#rejected.delete(key);
      if (fetched.version === slot.model?.version) {
        // The broken replacement was removed from the source.
        if ("stream" in fetched) fetched.stream.destroy();
        return;
      }
      const opened = await this.#open(slot, fetched);
      this.#replace(slot, this.#resident.add(opened, fetched.version));
      this.#metrics.load(this.#now() - started);
    } catch (cause) {
      if (cause instanceof NotFound) {
        this.#rejected.delete(key);
        this.#replace(slot, undefined);
        throw cause;
      }
      // What was rejected before is answered at once, and loads nothing.
      if (cause !== rejected?.reason) this.#metrics.failure();
      if (slot.model === undefined) {
        if (cause instanceof HttpError) throw cause;
        if (cause instanceof BrokenModel) throw unprocessable(key, cause);
        throw new ServiceUnavailable(`The model ${key} cannot be loaded now`, { cause });
      }
      log("warn", {
        message: "A model's replacement cannot be loaded: the old one goes on",
        model: key,
        error: cause,
      });
    } finally {
      slot.checkedAt = this.#now();
    }
  }

  async #open(slot: Slot, fetched: FetchedModel): Promise<OpenModel> {
    const { maxBytes } = this.#options;
    try {
      return await openModel(slot.key, fetched, { maxBytes, make: (bytes) => this.#makeRoom(bytes, slot) });
    } catch (error) {
      // A file system's models are not downloaded; the file system's own faults may reject them.
      if (error instanceof BrokenModel && "stream" in fetched) this.#reject(slot.key, fetched.version, error);
      throw error;
    }
  }

  /** Takes a version out of service until the source has another one. */
  #reject(key: string, version: string, reason: BrokenModel): void {
    this.#rejected.set(key, { version, reason });
    const slot = this.#slots.get(key);
    if (slot?.model?.version === version) this.#replace(slot, undefined);
  }

  /** Drops models before another one is loaded; the one that it replaces last. */
  #makeRoom(bytes: number, slot: Slot): void {
    this.#evict(this.#options.maxBytes - bytes);
    if (this.#resident.bytes + bytes > this.#options.maxBytes && slot.model?.users === 0) this.#drop(slot);
  }

  #replace(slot: Slot, model: ResidentModel | undefined): void {
    const old = slot.model;
    slot.model = model;
    if (old !== undefined) this.#resident.retire(old);
  }

  #leave(slot: Slot): void {
    slot.requests--;
    if (slot.requests === 0 && slot.model === undefined && this.#slots.get(slot.key) === slot) {
      this.#slots.delete(slot.key);
    }
    // The only model stays, even if it exceeds the limit.
    this.#evict(this.#options.maxBytes, 1);
    this.#metrics.record(this.#resident.size, this.#resident.bytes);
  }

  /** Drops the least recently used models until the others take no more than this, or are no more than these. */
  #evict(maxBytes: number, models = 0): void {
    for (const slot of this.#slots.values()) {
      if (this.#resident.bytes <= maxBytes || this.#resident.size <= models) return;
      if (slot.requests > 0 || slot.model === undefined) continue;
      this.#slots.delete(slot.key);
      this.#drop(slot);
    }
  }

  #drop(slot: Slot): void {
    this.#replace(slot, undefined);
    this.#metrics.eviction();
  }
}

function unprocessable(key: string, cause: BrokenModel): Unprocessable {
  return new Unprocessable(`The model ${key} cannot be served. ${cause.message}`, { cause });
}
