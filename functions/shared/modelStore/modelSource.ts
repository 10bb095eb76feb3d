import type { Readable } from "node:stream";
import type { FileBeside } from "./placeExternalFiles";

/** Provides models: one object or file for each key. */
export interface ModelSource {
  /**
   * Looks a model up.
   *
   * @param key           The source's name for it; `.tar.gz` at its end means an archive, anything else ONNX.
   * @param knownVersion  The version that the caller has seen.
   * @returns             The model, or `undefined` if it is still that version.
   * @throws HttpError    404 if there is no such model.
   */
  fetch(key: string, knownVersion?: string): Promise<FetchedModel | undefined>;
}

/** A model as its source has it. */
export type FetchedModel = {
  /** Changes with the content, including that of the files which `beside` reads. */
  readonly version: string;
  /** Size of the object or file. */
  readonly bytes: number;
} & (
  | {
      /** Must be read to its end or destroyed. */
      readonly stream: Readable;
      /** Whether a comparison with ONNX Runtime found that the evaluator answers alike. @default false */
      readonly evaluable?: boolean;
      /** Reads the files with weights that may lie beside a model. @default there are none */
      readonly beside?: FileBeside;
    }
  | {
      /** A file that stays where it is: loaded by path, so that external data is mapped instead of copied. */
      readonly path: string;
    }
);
