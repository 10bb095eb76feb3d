/** The HTTP status of an error of the AWS SDK; `undefined` if there was no response, or it is another error. */
export function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}
