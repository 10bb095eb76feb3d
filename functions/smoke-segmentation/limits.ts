/** Limits of a file of scenes. */
export const LIMITS = {
  /** Blue, green, red, near infrared, shortwave infrared 1.6 and 2.2 µm. */
  bands: 6,
  minSide: 32,
  /** Pixels, for height and width. */
  maxSide: 2048,
  /** Scenes in one file. */
  maxScenes: 16,
  maxFileBytes: 256 * 1024 * 1024,
} as const;
