/** What lies in the bucket is not, or not yet, what the model's card says: an upload may still be under way. */
export class ModelIncomplete extends Error {
  override readonly name = "ModelIncomplete";
}

/** Time was up; what was copied is kept, and the next call goes on from there. */
export class CopyUnfinished extends Error {
  override readonly name = "CopyUnfinished";
}
