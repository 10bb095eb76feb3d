import type { Cloud } from "../../cloud/cloud";
import type { LegacyResourceType } from "../../resources/legacy";
import { bucket } from "./resourceTypes/bucket";
import { bucketCorsConfiguration } from "./resourceTypes/bucketCorsConfiguration";
import { bucketLifecycleConfiguration } from "./resourceTypes/bucketLifecycleConfiguration";
import { bucketNotification } from "./resourceTypes/bucketNotification";
import { bucketObject } from "./resourceTypes/bucketObject";
import { bucketObjectv2 } from "./resourceTypes/bucketObjectv2";
import { bucketOwnershipControls } from "./resourceTypes/bucketOwnershipControls";
import { bucketPolicy } from "./resourceTypes/bucketPolicy";
import { bucketPublicAccessBlock } from "./resourceTypes/bucketPublicAccessBlock";
import { bucketServerSideEncryptionConfiguration } from "./resourceTypes/bucketServerSideEncryptionConfiguration";
import { bucketVersioning } from "./resourceTypes/bucketVersioning";

/** The resource types that S3 brings to the local cloud. */
export const s3ResourceTypes: readonly LegacyResourceType<Cloud>[] = [
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
