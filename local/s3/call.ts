import { combineDecisions } from "../iam/combineDecisions";
import { evaluatePolicy } from "../iam/evaluatePolicy";
import type { Context } from "../iam/matchesCondition";
import type { Verified } from "../sigv4/verifySignature";
import type { Notifier } from "./notifier";
import { S3Error } from "./s3Error";
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
    readonly principal: string,
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
    if (await this.isAllowed(action, target)) return;
    throw new S3Error(
      "AccessDenied",
      `User: ${this.principal} is not authorized to perform: ${action} on resource: "${this.resource(target)}"`,
    );
  }

  /** Do the principal's policies and the bucket's together allow this? */
  async isAllowed(action: string, target: Target = {}): Promise<boolean> {
    const request = {
      principal: this.principal,
      action,
      resource: this.resource(target),
      context: {
        // Nobody else can listen on the loopback, which is what policies want TLS for.
        "aws:SecureTransport": "true",
        "aws:PrincipalArn": this.principal,
        "aws:PrincipalAccount": this.principal.split(":")[4],
        "aws:SourceIp": this.request.remoteAddress,
        ...target.context,
      },
    };
    const bucket = this.targetBucket(target);
    const identity = await this.options.authorize(request);
    const resource = bucket?.policy ? evaluatePolicy([bucket.policy], request) : "implicitDeny";
    return combineDecisions(identity, resource) === "allowed";
  }

  /** Tells the bucket's functions. */
  notify(name: S3EventName, object: { key: string; versionId?: string; size?: number; etag?: string }): void {
    this.notifier.notify(this.bucket, {
      name,
      ...object,
      time: this.now,
      principal: this.principal,
      sourceAddress: this.request.remoteAddress,
      requestId: this.requestId,
    });
  }

  private targetBucket(target: Target): BucketStore | undefined {
    return target.bucket ?? (this.request.bucket === undefined ? undefined : this.bucket);
  }

  private resource(target: Target): string {
    const bucket = this.targetBucket(target);
    if (!bucket) return "*";
    const key = target.key === undefined ? this.request.key : target.key;
    return `arn:aws:s3:::${bucket.name}${key == null ? "" : `/${key}`}`;
  }
}
