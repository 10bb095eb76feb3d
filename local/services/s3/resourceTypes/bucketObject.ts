import { objectResource } from "./objectResource";

export const bucketObject = objectResource("aws:s3/bucketObject:BucketObject", []);
