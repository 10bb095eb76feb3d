import { log } from "../log";
import type { OpenModel } from "./openModel";

/** A model in memory. */
export interface ResidentModel extends OpenModel {
  readonly version: string;
  /** Requests that use it. */
  readonly users: number;
}

/** The models in memory: the served ones, and replaced ones that are still in use. */
export class ResidentModels {
  readonly #resident = new Map<ResidentModel, { users: number; isRetired: boolean }>();
  #taken = 0;

  get size(): number {
    return this.#resident.size;
  }

  /** Memory they take. */
  get bytes(): number {
    return this.#taken;
  }

  add(opened: OpenModel, version: string): ResidentModel {
    const state = { users: 0, isRetired: false };
    const model: ResidentModel = {
      ...opened,
      version,
      get users() {
        return state.users;
      },
    };
    this.#resident.set(model, state);
    this.#taken += model.bytes;
    return model;
  }

  /**
   * Keeps a model until it is released.
   *
   * @returns Releases it.
   */
  hold(model: ResidentModel): () => void {
    const state = this.#resident.get(model);
    if (state === undefined) throw new Error("A model was released while it was asked for");
    state.users++;
    return () => {
      state.users--;
      this.#releaseUnused(model);
    };
  }

  /** Disposes of a model as soon as nothing uses it. */
  retire(model: ResidentModel): void {
    const state = this.#resident.get(model);
    if (state !== undefined) state.isRetired = true;
    this.#releaseUnused(model);
  }

  #releaseUnused(model: ResidentModel): void {
    const state = this.#resident.get(model);
    if (state === undefined || !state.isRetired || state.users > 0) return;
    this.#resident.delete(model);
    this.#taken -= model.bytes;
    model.session
      .release()
      .catch((error) => log("warn", { message: "A model could not be released", error }));
  }
}
