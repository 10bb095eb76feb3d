import type { ChecksumAlgorithm } from "@aws-sdk/client-s3";
import type { AccessKey } from "../iam/accessKeys";
import type { Context } from "../iam/context";
import type { Verified } from "../iam/sigv4/verifySignature";
import { type Access, isAllowed, requireAllowed } from "./authorize";
import type { Notifier } from "./notifications";
import { existingTagContext, requestContext } from "./policyContext";
import type { S3EventName } from "./s3Event";
import type { S3Options } from "./s3Options";
import type { BucketStore } from "./store/bucketStore";
import type { S3Store } from "./store/s3Store";
import type { Written } from "./store/types";
import { readText, requestBody } from "./wire/requestBody";
import type { S3Request } from "./wire/s3Request";

/** The bucket and key that an action is about; the request's own bucket and key unless said otherwise. */
interface Target {
  readonly bucket?: BucketStore;
  /** `null`: the bucket, whatever key the request names. */
  readonly key?: string | null;
  readonly context?: Context;
}

/** The parts that the calls of a running S3 share. */
export interface S3Parts {
  readonly store: S3Store;
  readonly options: S3Options;
  readonly notifier: Notifier;
}

/** One request with a valid signature: what an action works on. */
export class Call {
  readonly now: Date;
  readonly store: S3Store;
  readonly options: S3Options;
  readonly #notifier: Notifier;

  constructor(
    readonly request: S3Request,
    readonly requestId: string,
    readonly verified: Verified,
    readonly caller: AccessKey,
    { store, options, notifier }: S3Parts,
  ) {
    this.store = store;
    this.options = options;
    this.#notifier = notifier;
    this.now = options.now();
  }

  /** The bucket that the request names. @throws S3Error  NoSuchBucket */
  get bucket(): BucketStore {
    return this.store.bucket(this.request.bucket ?? "");
  }

  get key(): string {
    return this.request.key ?? "";
  }

  get versionId(): string | undefined {
    return this.request.queryValue("versionId");
  }

  /** @throws S3Error  AccessDenied */
  async require(action: string, target: Target = {}): Promise<void> {
    await requireAllowed(this.#access(action, target), this.options);
  }

  isAllowed(action: string, target: Target = {}): Promise<boolean> {
    return isAllowed(this.#access(action, target), this.options);
  }

  /** Writes the request's body to the bucket's data folder; a body that is not as promised leaves nothing. */
  async receiveBody(algorithm?: ChecksumAlgorithm): Promise<Written> {
    const body = requestBody(this.request, this.verified, { algorithm });
    const segment = await this.bucket.data.write(body.chunks);
    return { ...segment, ...body.digests() };
  }

  /** The request's body as text, for XML. @param options.ownChecksum  Whether checksum headers are about it. @default true */
  readText(options?: { readonly ownChecksum: boolean }): Promise<string> {
    return readText(this.request, this.verified, options);
  }

  /** Sends an event to the bucket's functions. */
  notify(name: S3EventName, object: { key: string; versionId?: string; size?: number; etag?: string }): void {
    this.#notifier.notify(this.bucket, {
      name,
      ...object,
      time: this.now,
      principalId: this.caller.userId,
      sourceIp: this.request.sourceIp,
      requestId: this.requestId,
    });
  }

  #access(action: string, target: Target): Access {
    const { principal, userArn, userId, tags } = this.caller;
    const bucket = target.bucket ?? (this.request.bucket === undefined ? undefined : this.bucket);
    const key = target.key === undefined ? this.request.key : (target.key ?? undefined);
    const context: Context = { ...this.#requestContext(), ...target.context };
    return {
      principal,
      userArn,
      userId,
      tags,
      action,
      bucket,
      key,
      sourceIp: this.request.sourceIp,
      context: { ...context, ...existingTagContext(action, bucket, key, context) },
    };
  }

  #requestContext(): Context {
    const { request } = this;
    const uploadId = request.query("uploadId");
    const upload = uploadId === undefined ? undefined : this.bucket.state.uploads.get(uploadId);
    return requestContext(request, this.verified, this.now, upload);
  }
}
