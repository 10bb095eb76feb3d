/** A refusal of the Lambda service itself (not of a function's code), with AWS's error code, status and words. */
export class LambdaError extends Error {
  override readonly name = "LambdaError";

  constructor(
    /** AWS's exception name, e.g. `ResourceNotFoundException`. */
    readonly code: string,
    readonly statusCode: number,
    message: string,
    /** `Reason` of a TooManyRequestsException. */
    readonly reason?: string,
  ) {
    super(message);
  }
}
