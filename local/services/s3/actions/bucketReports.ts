import type {
  GetBucketMetricsConfigurationRequest,
  ListBucketMetricsConfigurationsRequest,
} from "@aws-sdk/client-s3";
import { writeXml } from "../../../http/writeXml";
import { inert, served } from "../../../resources/treatment";
import { type Action, defineAction } from "../action";
import { BUCKET } from "../parameters";
import { S3Error } from "../s3Error";

// Reads of the configurations that a bucket has several of, by their ids. No program can declare one here, so that they
// answer as those of a new bucket.

/** Reads one configuration; the input is the same for each kind. @param permission  That IAM has for it. */
function readOne(name: string, permission: string): Action {
  return defineAction<GetBucketMetricsConfigurationRequest>(name, { ...BUCKET, Id: served }, async (call) => {
    await call.require(`s3:${permission}`, { bucket: call.bucket });
    throw new S3Error("NoSuchConfiguration");
  });
}

const LIST = { ...BUCKET, ContinuationToken: inert("the list is empty, so it has one page") } as const;

/** Lists them. @param root  The response's element. */
function readAll(name: string, permission: string, root: string): Action {
  return defineAction<ListBucketMetricsConfigurationsRequest>(name, LIST, async (call) => {
    await call.require(`s3:${permission}`, { bucket: call.bucket });
    return { body: writeXml(root, { IsTruncated: false }) };
  });
}

export const getBucketAnalyticsConfiguration = readOne(
  "GetBucketAnalyticsConfiguration",
  "GetAnalyticsConfiguration",
);
export const getBucketIntelligentTieringConfiguration = readOne(
  "GetBucketIntelligentTieringConfiguration",
  "GetIntelligentTieringConfiguration",
);
export const getBucketInventoryConfiguration = readOne(
  "GetBucketInventoryConfiguration",
  "GetInventoryConfiguration",
);
export const getBucketMetricsConfiguration = readOne(
  "GetBucketMetricsConfiguration",
  "GetMetricsConfiguration",
);

export const listBucketAnalyticsConfigurations = readAll(
  "ListBucketAnalyticsConfigurations",
  "GetAnalyticsConfiguration",
  "ListBucketAnalyticsConfigurationResult",
);
export const listBucketIntelligentTieringConfigurations = readAll(
  "ListBucketIntelligentTieringConfigurations",
  "GetIntelligentTieringConfiguration",
  "ListBucketIntelligentTieringConfigurationsOutput",
);
export const listBucketInventoryConfigurations = readAll(
  "ListBucketInventoryConfigurations",
  "GetInventoryConfiguration",
  "ListInventoryConfigurationsResult",
);
export const listBucketMetricsConfigurations = readAll(
  "ListBucketMetricsConfigurations",
  "GetMetricsConfiguration",
  "ListMetricsConfigurationsResult",
);
