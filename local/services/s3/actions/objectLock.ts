import type {
  GetObjectRetentionRequest,
  PutObjectLegalHoldRequest,
  PutObjectRetentionRequest,
} from "@aws-sdk/client-s3";
import { inert, served } from "../../../resources/treatment";
import { type Action, defineAction } from "../action";
import type { Call } from "../call";
import { findTagged } from "../findVersion";
import { DELETION, OBJECT } from "../parameters";
import { S3Error } from "../s3Error";

// Retention and legal holds of objects. No bucket here has Object Lock, so each is rejected as in such a bucket on AWS.

const OBJECT_VERSION = { ...OBJECT, VersionId: served } as const;
const BODY = {
  ChecksumAlgorithm: inert("no lock is kept, whatever its body says"),
  ContentMD5: inert("no lock is kept, whatever its body says"),
} as const;

async function reject(call: Call, name: `${string}Object${string}`): Promise<never> {
  await findTagged(call, name);
  throw new S3Error("InvalidRequest", { message: "Bucket is missing Object Lock Configuration" });
}

/** Reads one of the two; their inputs are the same. */
function read(name: `${string}Object${string}`): Action {
  return defineAction<GetObjectRetentionRequest>(name, OBJECT_VERSION, (call) => reject(call, name));
}

export const getObjectLegalHold = read("GetObjectLegalHold");
export const getObjectRetention = read("GetObjectRetention");

export const putObjectLegalHold = defineAction<PutObjectLegalHoldRequest>(
  "PutObjectLegalHold",
  { ...OBJECT_VERSION, ...BODY, LegalHold: served },
  (call) => reject(call, "PutObjectLegalHold"),
);

export const putObjectRetention = defineAction<PutObjectRetentionRequest>(
  "PutObjectRetention",
  {
    ...OBJECT_VERSION,
    ...BODY,
    BypassGovernanceRetention: DELETION.BypassGovernanceRetention,
    Retention: served,
  },
  (call) => reject(call, "PutObjectRetention"),
);
