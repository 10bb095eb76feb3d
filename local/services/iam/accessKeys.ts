import type { Secret } from "./sigv4/verifySignature";

/** Who somebody is, as policies and rejections have it. */
export interface Identity {
  /** Whose policies count: ARN of a role, or of the account's root user (`arn:aws:iam::123456789012:root`), who may do everything. */
  readonly principal: string;
  /**
   * The caller's name in events and rejections: a role by its session
   * (`arn:aws:sts::123456789012:assumed-role/<role>/<session>`).
   */
  readonly userArn: string;
  /** IAM's unique id: the account's number for the root user, `AROA…:<session>` for a role. */
  readonly userId: string;
  /** The role's tags, which policies know as `aws:PrincipalTag/…`. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** An access key and whose it is. */
export interface AccessKey extends Secret, Identity {
  /** ms since 1970; never for a key that stays. */
  readonly expiration?: number;
}

/** Who signed a request. */
export interface Caller extends Identity {
  readonly accessKey: string;
  readonly accountId: string;
}

/** The access keys of the local cloud. */
export interface AccessKeys {
  lookup(accessKeyId: string): AccessKey | undefined | Promise<AccessKey | undefined>;
}
