import type { Readable } from "node:stream";
import type { ChecksumAlgorithm } from "@aws-sdk/client-s3";
import { type Front, type Listening, serve } from "../../http/serve";
import { roleId } from "../iam/roleId";
import { requireAllowed } from "./authorize";
import { Digester, digested } from "./checksums";
import { expireObjects } from "./expireObjects";
import { s3Front } from "./front";
import { Notifier } from "./notifications";
import { S3Error } from "./s3Error";
import type { S3Options } from "./s3Options";
import type { BucketConfiguration } from "./store/bucketConfiguration";
import type { BucketStore } from "./store/bucketStore";
import { S3Store } from "./store/s3Store";
import { storeObject } from "./store/storeObject";
import type { ObjectMetadata, ObjectVersion } from "./store/types";

/** Source IP of the local cloud's own operations. */
const LOOPBACK = "127.0.0.1";

interface Opened {
  readonly store: S3Store;
  readonly server: Listening;
  readonly front: Front;
}

/** The local cloud's S3: buckets in a folder, served over HTTP to AWS's SDKs and command line. */
export class S3Service {
  #opened: Opened | undefined;
  readonly #notifier: Notifier;
  readonly #options: S3Options;

  constructor(options: S3Options) {
    this.#options = options;
    this.#notifier = new Notifier(options);
  }

  /** Opens the buckets in `dataDir` and serves them on 127.0.0.1; port 0 takes any that is free. */
  async start(port: number, dataDir: string): Promise<void> {
    const store = await S3Store.open(dataDir);
    const front = s3Front({ store, options: this.#options, notifier: this.#notifier });
    try {
      const server = await serve(`http://127.0.0.1:${port}`, front);
      this.#opened = { store, server, front };
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  /** Ends what is under way, and waits for events on their way to functions. Nothing to do where it is not started. */
  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    await opened?.server.close();
    await opened?.server.settled();
    await this.#notifier.drained();
    await opened?.store.close();
  }

  /** `http://127.0.0.1:port` */
  get endpoint(): string {
    return this.#open.server.address;
  }

  /** The parts behind the endpoint. */
  get front(): Front {
    return this.#open.front;
  }

  /** @throws S3Error NoSuchBucket */
  bucket(name: string): BucketStore {
    return this.#open.store.bucket(name);
  }

  /** The current version of an object; `undefined` where it, or its bucket, is gone. */
  find(name: string, key: string): ObjectVersion | undefined {
    return this.#open.store.find(name)?.state.objects.current(key);
  }

  /**
   * A bucket that is there already, from the run before, keeps its objects and versions; other settings begin anew,
   * as the program may declare them no more. @throws S3Error InvalidBucketName
   */
  async createBucket(name: string): Promise<void> {
    const { store } = this.#open;
    const bucket = store.find(name);
    if (bucket) await bucket.reset();
    else await store.createBucket(name, this.#now());
  }

  /** @throws S3Error NoSuchBucket, and BucketNotEmpty unless `force` */
  async deleteBucket(name: string, options: { readonly force: boolean }): Promise<void> {
    await this.#open.store.deleteBucket(name, options);
  }

  /**
   * Changes a bucket's settings; one given as `undefined` is taken away. Lifecycle rules apply at once.
   *
   * @param expectedOwner  Account that must own the bucket. @default any
   * @throws S3Error       NoSuchBucket, AccessDenied
   */
  async configureBucket(
    name: string,
    change: Partial<Omit<BucketConfiguration, "name" | "creationDate">>,
    expectedOwner = this.#options.accountId,
  ): Promise<void> {
    if (expectedOwner !== this.#options.accountId) throw new S3Error("AccessDenied");
    const bucket = this.bucket(name);
    await bucket.configure(change);
    await expireObjects(bucket, this.#now());
  }

  /**
   * Puts an object on behalf of a principal, and tells the bucket's functions.
   *
   * @param principal  ARN. @default the account itself
   * @throws S3Error   NoSuchBucket, AccessDenied
   */
  async putObject(
    name: string,
    object: {
      readonly key: string;
      readonly body: Readable;
      readonly metadata: ObjectMetadata;
      readonly checksumAlgorithm?: ChecksumAlgorithm;
    },
    principal = `arn:aws:iam::${this.#options.accountId}:root`,
  ): Promise<ObjectVersion> {
    const bucket = this.bucket(name);
    await this.require(principal, "s3:PutObject", name, object.key);
    const now = this.#now();
    const digester = new Digester(object.checksumAlgorithm);
    const segment = await bucket.data.write(digested(object.body, digester));
    const { md5, checksum } = await digester.digests();
    const draft = { key: object.key, etag: md5, segments: [segment], metadata: object.metadata, checksum };
    const version = await storeObject(bucket, draft, { now });
    this.#notifier.notify(bucket, {
      name: "ObjectCreated:Put",
      ...version,
      time: now,
      principalId: uniqueIdOf(principal),
      sourceIp: LOOPBACK,
      requestId: version.etag.slice(0, 16).toUpperCase(),
    });
    return version;
  }

  /**
   * Whether a principal may do something, before it does.
   *
   * @param key      @default the bucket itself
   * @throws S3Error NoSuchBucket, AccessDenied
   */
  async require(principal: string, action: string, name: string, key?: string): Promise<void> {
    const bucket = this.bucket(name);
    await requireAllowed({ principal, action, bucket, key, sourceIp: LOOPBACK }, this.#options);
  }

  /**
   * The bytes of an object, whole; for archives of functions, which are small.
   *
   * @param versionId  @default the current version
   * @throws S3Error   NoSuchBucket, NoSuchKey, NoSuchVersion
   */
  async readObject(name: string, key: string, versionId?: string): Promise<Buffer> {
    const { state, data } = this.bucket(name);
    const version =
      versionId === undefined ? state.objects.current(key) : state.objects.version(key, versionId);
    if (!version || !("segments" in version)) {
      throw versionId === undefined
        ? new S3Error("NoSuchKey", { details: { Key: key } })
        : new S3Error("NoSuchVersion", { details: { Key: key, VersionId: versionId } });
    }
    const chunks: Buffer[] = [];
    for await (const chunk of await data.read(version.segments, 0, version.size)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** Removes all versions of an object for good. */
  async purgeObject(name: string, key: string): Promise<void> {
    await this.bucket(name).commit((state) => [
      ...state.objects.versions(key).map(({ versionId }) => ({ remove: { key, versionId } })),
      { forget: key },
    ]);
  }

  get #open(): Opened {
    if (!this.#opened) throw new Error("The local S3 is not started: call `start` first.");
    return this.#opened;
  }

  #now(): Date {
    return this.#options.now();
  }
}

/** IAM's unique id of a role, or of the account itself. */
function uniqueIdOf(principal: string): string {
  const [, , , , accountId = "", name] = principal.split(":");
  return name === "root" ? accountId : roleId(principal.split("/").at(-1) ?? "");
}
