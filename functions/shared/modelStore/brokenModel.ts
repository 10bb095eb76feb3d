/** A model was fetched but cannot be loaded; the message says why. */
export class BrokenModel extends Error {
  override readonly name = "BrokenModel";
}
