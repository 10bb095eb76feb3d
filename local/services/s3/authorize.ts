import type { Context } from "../iam/context";
import { globalContext } from "../iam/context";
import { combineDecisions, evaluatePolicy } from "../iam/evaluatePolicy";
import { S3Error } from "./s3Error";
import type { S3Options } from "./s3Options";
import type { BucketStore } from "./store/bucketStore";

/** Something that somebody wants to do. */
export interface Access {
  /** ARN of a role or of the account's root user. */
  readonly principal: string;
  /** The caller's name in errors. @default the principal */
  readonly userArn?: string;
  readonly userId?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** `s3:GetObject` */
  readonly action: string;
  /** Absent where the action is about no bucket. */
  readonly bucket: BucketStore | undefined;
  /** Absent where it is about the bucket itself. */
  readonly key?: string;
  readonly sourceIp: string;
  readonly context?: Context;
}

type Authorizer = Pick<S3Options, "authorize" | "accountId">;

/** Whether the principal's policies and the bucket's together allow this. */
export async function isAllowed(access: Access, { authorize, accountId }: Authorizer): Promise<boolean> {
  const { principal, action, bucket, sourceIp, context } = access;
  const request = {
    principal,
    sessionArn: access.userArn,
    action,
    resource: resourceOf(access),
    context: {
      ...globalContext(access, sourceIp),
      // There is one account.
      ...(bucket && { "s3:ResourceAccount": accountId, "aws:ResourceAccount": accountId }),
      ...context,
    },
  };
  const identity = await authorize(request);
  const resource = bucket?.policy ? evaluatePolicy([bucket.policy], request) : "implicitDeny";
  return combineDecisions(identity, resource) === "allowed";
}

/** @throws S3Error  AccessDenied, in S3's words */
export async function requireAllowed(access: Access, authorizer: Authorizer): Promise<void> {
  if (await isAllowed(access, authorizer)) return;
  const { principal, userArn = principal, action } = access;
  throw new S3Error("AccessDenied", {
    message: `User: ${userArn} is not authorized to perform: ${action} on resource: "${resourceOf(access)}"`,
  });
}

/** ARN; `*` where there is none. */
function resourceOf({ bucket, key }: Pick<Access, "bucket" | "key">): string {
  return bucket ? `arn:aws:s3:::${bucket.name}${key === undefined ? "" : `/${key}`}` : "*";
}
