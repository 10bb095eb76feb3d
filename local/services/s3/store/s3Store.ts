import { mkdir, readdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { S3Error } from "../s3Error";
import { BucketStore } from "./bucketStore";

/** All buckets, each in a folder of its name. Knows no HTTP and no permissions. */
export class S3Store {
  readonly #folder: string;
  readonly #byName: Map<string, BucketStore>;

  private constructor(folder: string, byName: Map<string, BucketStore>) {
    this.#folder = folder;
    this.#byName = byName;
  }

  static async open(folder: string): Promise<S3Store> {
    await mkdir(folder, { recursive: true });
    const names = (await readdir(folder)).filter(isBucketName).sort();
    // A folder without anything in it is a bucket that a crash kept from being made.
    for (const name of names) await rmdir(join(folder, name)).catch(() => undefined);
    const folders = (await readdir(folder)).filter((name) => names.includes(name));
    const buckets = await Promise.all(folders.map((name) => BucketStore.open(join(folder, name))));
    return new S3Store(folder, new Map(buckets.map((bucket) => [bucket.name, bucket])));
  }

  /** In the order of their names. */
  buckets(): readonly BucketStore[] {
    return [...this.#byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): BucketStore | undefined {
    return this.#byName.get(name);
  }

  /** @throws S3Error NoSuchBucket */
  bucket(name: string): BucketStore {
    const bucket = this.#byName.get(name);
    if (!bucket) throw new S3Error("NoSuchBucket", { details: { BucketName: name } });
    return bucket;
  }

  /** @throws S3Error InvalidBucketName, BucketAlreadyOwnedByYou */
  async createBucket(name: string, now: Date): Promise<BucketStore> {
    if (!isBucketName(name)) throw new S3Error("InvalidBucketName", { details: { BucketName: name } });
    if (this.#byName.has(name))
      throw new S3Error("BucketAlreadyOwnedByYou", { details: { BucketName: name } });
    const bucket = await BucketStore.make(join(this.#folder, name), {
      name,
      creationDate: now.toISOString(),
    });
    this.#byName.set(name, bucket);
    return bucket;
  }

  /** @throws S3Error NoSuchBucket, and BucketNotEmpty unless `force` */
  async deleteBucket(name: string, { force = false } = {}): Promise<void> {
    const bucket = this.bucket(name);
    if (!force && !bucket.state.objects.isEmpty) {
      throw new S3Error("BucketNotEmpty", {
        message:
          bucket.configuration.versioning &&
          "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
        details: { BucketName: name },
      });
    }
    this.#byName.delete(name);
    await bucket.destroy();
  }

  async close(): Promise<void> {
    await Promise.all(this.buckets().map((bucket) => bucket.close()));
  }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function isBucketName(name: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes("..") && !/^[\d.]+$/.test(name);
}
