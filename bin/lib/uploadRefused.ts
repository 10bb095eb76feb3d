/** S3 did not take an upload. */
export class UploadRefused extends Error {
  override readonly name = "UploadRefused";

  /** @param status  Of HTTP. */
  constructor(
    readonly status: number,
    reason: string,
  ) {
    super(`S3 refused the upload with ${status}: ${reason}`);
  }
}
