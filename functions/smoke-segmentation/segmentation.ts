import type { SceneFile } from "./sceneFile";

export interface SegmenterOptions {
  /** The value of pixels without data. @default every pixel has data */
  readonly nodata: number | undefined;
  /** ms that the function has left. */
  remainingMs(): number;
}

/** Finds the smoke in a file of scenes. */
export type Segmenter = (scenes: SceneFile, options: SegmenterOptions) => Promise<Segmentation>;

/** The smoke in a file of scenes, ready to be sent. */
export interface Segmentation {
  /** Length of {@link toJson}. */
  readonly jsonBytes: number;
  /** The body of the response. */
  toJson(): string;
  /** (H, W), or (N, H, W). */
  readonly shape: readonly number[];
  /** Writes the probabilities in C order, NaN for pixels without data, to an array for as many. */
  writeTo(values: Float32Array): void;
}
