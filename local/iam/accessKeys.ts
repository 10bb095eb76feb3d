import type { Secret } from "../sigv4/verifySignature";

/** An access key and whose it is. */
export interface AccessKey extends Secret {
  /** ARN of a role, or of the account's root user (`arn:aws:iam::123456789012:root`), who may do everything. */
  readonly principal: string;
}

/** The access keys of the local cloud. */
export interface AccessKeys {
  lookup(accessKeyId: string): AccessKey | undefined | Promise<AccessKey | undefined>;
}
