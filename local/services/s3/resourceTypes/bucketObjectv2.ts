import { objectResource } from "./objectResource";

export const bucketObjectv2 = objectResource("aws:s3/bucketObjectv2:BucketObjectv2", [
  "checksumAlgorithm",
  "overrideProvider",
]);
