/** A model that can be had but not loaded: what is wrong with it, for the log. */
export class BrokenModel extends Error {
  override readonly name = "BrokenModel";
}
