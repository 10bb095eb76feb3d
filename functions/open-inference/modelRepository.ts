import type { InferenceSession } from "onnxruntime-node";

/** A model of the repository by name and version, and whether it can be served. */
export interface IndexEntry {
  readonly name: string;
  readonly version: string;
}

/** Models by name and version, wherever they lie. */
export interface ModelRepository {
  /** Every model there is. */
  index(): Promise<readonly IndexEntry[]>;
  /**
   * Versions of a model, the newest (highest) first. Throws NotFound, with the name, where there are none.
   *
   * @param asked  A version that is among them if it is there by now; others may be known later.
   */
  versions(name: string, asked?: string): Promise<readonly string[]>;
  /**
   * Runs something on a model's session, which stays loaded meanwhile. Throws NotFound for a version that is not there,
   * ServiceUnavailable for a model that cannot be loaded.
   *
   * @param fields  Of the request's log line.
   */
  use<T>(
    name: string,
    version: string,
    fields: Record<string, unknown>,
    run: (session: InferenceSession) => Promise<T> | T,
  ): Promise<T>;
}
