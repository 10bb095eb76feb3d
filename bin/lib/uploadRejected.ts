/** S3 rejected an upload. */
export class UploadRejected extends Error {
  override readonly name = "UploadRejected";

  /** @param status  HTTP status. */
  constructor(
    readonly status: number,
    reason: string,
  ) {
    super(`S3 refused the upload with ${status}: ${reason}`);
  }
}
