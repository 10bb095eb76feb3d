/** What a file of scenes is answered with. */
export interface Segmentation {
  /** Length of {@link toJson}. */
  readonly jsonBytes: number;
  /** The body of the answer. */
  toJson(): string;
  /** The same as a `.npy` file of float32. */
  toNpy(): Buffer;
}
