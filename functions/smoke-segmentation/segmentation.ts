import type { NpyArray } from "../shared/npy/readNpy";

export interface SegmenterOptions {
  /** The value of pixels without data. @default every pixel has data */
  readonly nodata: number | undefined;
  /** ms that the function has left. */
  remainingMs(): number;
}

/** Finds the smoke in a file of scenes. */
export type Segmenter = (scenes: NpyArray, options: SegmenterOptions) => Promise<Segmentation>;

/** The smoke in a file of scenes, ready to be sent. */
export interface Segmentation {
  /** Length of {@link toJson}. */
  readonly jsonBytes: number;
  /** The body of the response. */
  toJson(): string;
  /** The same as a `.npy` file of float32. */
  toNpy(): Buffer;
}
