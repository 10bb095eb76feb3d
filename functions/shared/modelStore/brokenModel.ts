/** A model was fetched but cannot be loaded; the message says why. */
export class BrokenModel extends Error {
  override readonly name = "BrokenModel";

  /** Files of an archive that are loaded later have a class of their own, which is the same to callers. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "BrokenModel";
  }
}
