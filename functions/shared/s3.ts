import type * as S3 from "./s3Client";

let loaded: typeof S3 | undefined;

/** The AWS SDK's S3 client, loaded when first asked for: a function that may not need it would start in twice the time. */
export function s3(): typeof S3 {
  // Not a plain `require`, which the bundler would follow.
  loaded ??= module.require("./s3Client") as typeof S3;
  return loaded;
}
