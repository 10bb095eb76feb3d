import type { InferenceSession } from "onnxruntime-node";
import type { Aliases } from "../shared/aliases";
import type { OnnxFacts } from "../shared/onnx/onnxFacts";

/** A model of the repository by name and version. */
export interface IndexEntry {
  readonly name: string;
  readonly version: string;
  /** Why it can never be served, as far as that is known. @default it is served */
  readonly reason?: string | undefined;
}

/** Models by name and version, wherever they are. */
export interface ModelRepository {
  /** Every model there is. */
  index(): Promise<readonly IndexEntry[]>;
  /**
   * Versions of a model, the newest (highest) first. Throws NotFound, with the name, where there are none.
   *
   * @param asked  A version that is among them if it is there by now; others may be known later.
   */
  versions(name: string, asked?: string): Promise<readonly string[]>;
  /** Which versions of a model answer. @returns `undefined` where the highest one does */
  aliases(name: string): Promise<Aliases | undefined>;
  /**
   * Runs something on a model's session, which stays loaded meanwhile. Throws NotFound for a version that is not there,
   * Unprocessable for one that can never be served, ServiceUnavailable for one that cannot be loaded now.
   *
   * @param fields  Fields of the request's log line.
   */
  use<T>(
    name: string,
    version: string,
    fields: Record<string, unknown>,
    run: (session: InferenceSession, facts: OnnxFacts) => Promise<T> | T,
  ): Promise<T>;
}
