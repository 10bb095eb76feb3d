const dayMs = 24 * 60 * 60 * 1000;

/**
 * Has a lifecycle action's time come? S3 adds the days and rounds up to the next midnight UTC.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html#intro-lifecycle-rules-number-of-days
 */
export function isDue(
  { Days, Date: date }: { readonly Days?: number; readonly Date?: Date | string },
  since: string,
  now: Date,
): boolean {
  if (date !== undefined) return now.getTime() >= new Date(date).getTime();
  if (Days === undefined) return false;
  return now.getTime() >= Math.ceil((Date.parse(since) + Days * dayMs) / dayMs) * dayMs;
}
