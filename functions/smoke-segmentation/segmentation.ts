import type { NpyArray } from "../shared/npy/readNpy";

/** Finds the smoke in a file of scenes, in the time that the function has left. */
export type Segmenter = (scenes: NpyArray, remainingMs: () => number) => Promise<Segmentation>;

/** What a file of scenes is answered with. */
export interface Segmentation {
  /** Length of {@link toJson}. */
  readonly jsonBytes: number;
  /** The body of the answer. */
  toJson(): string;
  /** The same as a `.npy` file of float32. */
  toNpy(): Buffer;
}
