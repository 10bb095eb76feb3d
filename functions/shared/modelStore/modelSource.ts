import type { Readable } from "node:stream";

/** Where models come from: one object or file for each key. */
export interface ModelSource {
  /**
   * Looks a model up.
   *
   * @param key           What the source knows it by; `.tar.gz` at its end means an archive, anything else ONNX.
   * @param knownVersion  The version the caller has seen.
   * @returns             The model, or `undefined` where it is still that version.
   * @throws HttpError    404 where there is no such model.
   */
  fetch(key: string, knownVersion?: string): Promise<FetchedModel | undefined>;
}

/** A model as its source has it. */
export type FetchedModel = {
  /** Changes when the content does. */
  readonly version: string;
  /** Size of the object or file. */
  readonly bytes: number;
} & (
  | {
      /** Has to be read to its end or destroyed. */
      readonly stream: Readable;
      /** Whether a comparison with ONNX Runtime found that the evaluator answers alike. @default false */
      readonly evaluable?: boolean;
    }
  | {
      /** A file that stays where it is: loaded by path, so that external data is mapped instead of copied. */
      readonly path: string;
    }
);
