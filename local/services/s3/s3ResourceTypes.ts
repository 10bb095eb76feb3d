import type { ResourceType } from "../../resources/resourceType";
import { bucket } from "./resourceTypes/bucket";
import { bucketLifecycleConfiguration } from "./resourceTypes/bucketLifecycleConfiguration";
import {
  bucketCorsConfiguration,
  bucketNotification,
  bucketOwnershipControls,
  bucketPolicy,
  bucketPublicAccessBlock,
  bucketServerSideEncryptionConfiguration,
  bucketVersioning,
} from "./resourceTypes/bucketSettings";
import { bucketObject, bucketObjectv2 } from "./resourceTypes/objects";
import type { S3Service } from "./s3Service";

/** The resource types of S3. */
export const s3ResourceTypes: readonly ResourceType<S3Service>[] = [
  bucket,
  bucketCorsConfiguration,
  bucketLifecycleConfiguration,
  bucketNotification,
  bucketObject,
  bucketObjectv2,
  bucketOwnershipControls,
  bucketPolicy,
  bucketPublicAccessBlock,
  bucketServerSideEncryptionConfiguration,
  bucketVersioning,
];
