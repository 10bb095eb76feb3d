import type { Secret } from "./sigv4/verifySignature";

/** An access key and whose it is. */
export interface AccessKey extends Secret {
  /** Whose policies count: ARN of a role, or of the account's root user (`arn:aws:iam::123456789012:root`), who may do everything. */
  readonly principal: string;
  /** As events and refusals name the caller: a role by its session (`arn:aws:sts::123456789012:assumed-role/<role>/<session>`). */
  readonly userArn: string;
  /** IAM's unique id: the account's number for the root user, `AROA…:<session>` for a role. */
  readonly userId: string;
}

/** The access keys of the local cloud. */
export interface AccessKeys {
  lookup(accessKeyId: string): AccessKey | undefined | Promise<AccessKey | undefined>;
}
