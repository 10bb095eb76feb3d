import { combineDecisions } from "../iam/combineDecisions";
import { evaluatePolicy } from "../iam/evaluatePolicy";
import { globalContext } from "../iam/globalContext";
import type { Context } from "../iam/matchesCondition";
import type { S3Options } from "./s3Options";
import type { BucketStore } from "./store/bucketStore";

/** Something that somebody wants to do. */
export interface Access {
  /** ARN of a role or of the account's root user. */
  readonly principal: string;
  /** As refusals name who it is. @default the principal */
  readonly userArn?: string;
  /** `s3:GetObject` */
  readonly action: string;
  /** Absent where the action is about no bucket. */
  readonly bucket: BucketStore | undefined;
  /** Absent where it is about the bucket itself. */
  readonly key?: string;
  readonly sourceAddress: string;
  readonly context?: Context;
}

/** Do the principal's policies and the bucket's together allow this? */
export async function isAllowed(
  access: Access,
  { authorize, accountId }: Pick<S3Options, "authorize" | "accountId">,
): Promise<boolean> {
  const { principal, action, bucket, sourceAddress, context } = access;
  const request = {
    principal,
    action,
    resource: resourceOf(access),
    context: {
      ...globalContext(principal, sourceAddress),
      // There is one account.
      ...(bucket && { "s3:ResourceAccount": accountId, "aws:ResourceAccount": accountId }),
      ...context,
    },
  };
  const identity = await authorize(request);
  const resource = bucket?.policy ? evaluatePolicy([bucket.policy], request) : "implicitDeny";
  return combineDecisions(identity, resource) === "allowed";
}

/** ARN; `*` where there is none. */
export function resourceOf({ bucket, key }: Pick<Access, "bucket" | "key">): string {
  return bucket ? `arn:aws:s3:::${bucket.name}${key === undefined ? "" : `/${key}`}` : "*";
}
