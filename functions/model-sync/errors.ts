/** The bucket does not hold what the model's card describes; an upload may still be in progress. */
export class ModelIncomplete extends Error {
  override readonly name = "ModelIncomplete";
}

/** The function's time is over; the next call resumes from the copied bytes. */
export class CopyUnfinished extends Error {
  override readonly name = "CopyUnfinished";
}
