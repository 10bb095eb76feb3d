/** A refusal of the SageMaker runtime, with AWS's error code, status and words. */
export class SageMakerError extends Error {
  override readonly name = "SageMakerError";

  constructor(
    /** AWS's exception name, e.g. `ModelError`. */
    readonly code: string,
    readonly statusCode: number,
    message: string,
    /** What the error's body has beside its message, e.g. `OriginalStatusCode`. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}
