import { Readable } from "node:stream";
import { AwsError } from "../http/awsError";
import type { RecordStore } from "../services/lambda/recordStore";
import { S3Error } from "../services/s3/s3Error";
import type { S3Service } from "../services/s3/s3Service";

/**
 * The permission that Lambda asks of a role before it takes a bucket: `s3:PutObject` on the whole bucket, not only
 * below the records' prefix.
 */
const NEEDED = [{ action: "ListBucket" }, { action: "PutObject", key: "*" }] as const;

/** Keeps records of failed events in the local S3, with what the function's role may do there. */
export function s3RecordStore(s3: () => S3Service): RecordStore {
  return {
    async check(roleArn, bucketArn) {
      for (const { action, ...object } of NEEDED) {
        try {
          await s3().require(
            roleArn,
            `s3:${action}`,
            bucketOf(bucketArn),
            "key" in object ? object.key : undefined,
          );
        } catch (cause) {
          if (!(cause instanceof S3Error)) throw cause;
          const reason =
            cause.code === "AccessDenied"
              ? `The function execution role does not have permissions to call ${action} on S3: grant it s3:${action} on the whole bucket ${bucketOf(bucketArn)}, before the destination is set`
              : `The destination ${bucketArn} cannot be used: ${cause.message}`;
          throw new AwsError("InvalidParameterValueException", 400, reason);
        }
      }
    },
    async put(roleArn, bucketArn, { key, document }) {
      const body = Readable.from([Buffer.from(JSON.stringify(document))]);
      const metadata = { contentType: "application/json" };
      await s3().putObject(bucketOf(bucketArn), { key, body, metadata }, roleArn);
    },
  };
}

function bucketOf(arn: string): string {
  return arn.split(":").at(-1) ?? "";
}
