import type { AccessKey } from "../iam/accessKeys";
import type { Context } from "../iam/matchesCondition";
import type { Verified } from "../iam/sigv4/verifySignature";
import { type Access, isAllowed } from "./isAllowed";
import type { Notifier } from "./notifier";
import { requireAllowed } from "./requireAllowed";
import type { S3EventName } from "./s3Event";
import type { S3Options } from "./s3Options";
import type { BucketStore } from "./store/bucketStore";
import type { S3Store } from "./store/s3Store";
import type { S3Request } from "./wire/s3Request";

/** What an action is about; the request's own bucket and key unless said otherwise. */
interface Target {
  readonly bucket?: BucketStore;
  /** `null`: the bucket, whatever key the request names. */
  readonly key?: string | null;
  readonly context?: Context;
}

/** One request whose signature holds: what an action works on. */
export class Call {
  readonly now: Date;

  constructor(
    readonly request: S3Request,
    readonly requestId: string,
    readonly verified: Verified,
    readonly caller: AccessKey,
    readonly store: S3Store,
    readonly options: S3Options,
    private readonly notifier: Notifier,
  ) {
    this.now = options.now?.() ?? new Date();
  }

  /** The bucket the request names. @throws S3Error NoSuchBucket */
  get bucket(): BucketStore {
    return this.store.bucket(this.request.bucket ?? "");
  }

  get key(): string {
    return this.request.key ?? "";
  }

  /** @throws S3Error AccessDenied */
  async require(action: string, target: Target = {}): Promise<void> {
    await requireAllowed(this.access(action, target), this.options);
  }

  isAllowed(action: string, target: Target = {}): Promise<boolean> {
    return isAllowed(this.access(action, target), this.options);
  }

  /** Tells the bucket's functions. */
  notify(name: S3EventName, object: { key: string; versionId?: string; size?: number; etag?: string }): void {
    this.notifier.notify(this.bucket, {
      name,
      ...object,
      time: this.now,
      principalId: this.caller.userId,
      sourceAddress: this.request.remoteAddress,
      requestId: this.requestId,
    });
  }

  private access(action: string, target: Target): Access {
    const { principal, userArn } = this.caller;
    return {
      principal,
      userArn,
      action,
      bucket: target.bucket ?? (this.request.bucket === undefined ? undefined : this.bucket),
      key: target.key === undefined ? this.request.key : (target.key ?? undefined),
      sourceAddress: this.request.remoteAddress,
      context: target.context,
    };
  }
}
