import type { Readable } from "node:stream";
import { BadRequest, Forbidden, NotFound, ServiceUnavailable } from "./errors";
import { lazy } from "./lazy";
import { s3 } from "./s3";
import { cut } from "./shown";
import { statusOf } from "./statusOf";

/** An object's properties, without its content. */
export interface ObjectInfo {
  readonly key: string;
  /** Changes with the content; quoted, as S3 writes it. */
  readonly etag: string;
  readonly bytes: number;
}

/** An object with its content, which must be read to its end or destroyed. */
export interface StoredObject extends ObjectInfo {
  /** Metadata of the object, by lower-case names. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly body: Readable;
}

/**
 * The objects of one bucket. Every method throws {@link BadRequest}, {@link NotFound}, {@link Forbidden} or
 * {@link ServiceUnavailable}.
 */
export interface ObjectStore {
  /** The bucket's name. */
  readonly bucket: string;
  /** Gets the object; `undefined` if it still has the ETag `unlessEtag`. */
  get(key: string, options?: { readonly unlessEtag?: string }): Promise<StoredObject | undefined>;
  head(key: string): Promise<ObjectInfo>;
  put(key: string, body: Uint8Array, options?: { readonly contentType?: string }): Promise<void>;
  /** Every object whose key begins with `prefix`, in the order of the keys. */
  list(prefix: string): AsyncIterable<ObjectInfo>;
}

/**
 * Opens a bucket with the SDK's credentials, region, retries and checksums: bytes that differ from the uploaded ones
 * fail at the end of the stream. A store has its own client with its own sockets: a function opens its bucket once, at
 * load, never for each request.
 */
export function objectStore(bucket: string): ObjectStore {
  // The REST API gives up after 29 s; a 503 before that is more useful.
  const requestHandler = { connectionTimeout: 2_000, socketTimeout: 8_000 };
  const client = lazy(() => new (s3().S3Client)({ requestHandler }));
  return {
    bucket,

    async get(key, { unlessEtag } = {}) {
      const command = new (s3().GetObjectCommand)({ Bucket: bucket, Key: key, IfNoneMatch: unlessEtag });
      try {
        const { Body, ETag, ContentLength, Metadata = {} } = await client().send(command);
        return {
          key,
          body: Body as Readable,
          etag: ETag ?? "",
          bytes: ContentLength ?? 0,
          metadata: Metadata,
        };
      } catch (error) {
        if (statusOf(error) === 304) return undefined;
        throw rejection(error, key);
      }
    },

    async head(key) {
      try {
        const { ETag, ContentLength } = await client().send(
          new (s3().HeadObjectCommand)({ Bucket: bucket, Key: key }),
        );
        return { key, etag: ETag ?? "", bytes: ContentLength ?? 0 };
      } catch (error) {
        throw rejection(error, key);
      }
    },

    async put(key, body, { contentType } = {}) {
      const command = new (s3().PutObjectCommand)({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: contentType,
      });
      try {
        await client().send(command);
      } catch (error) {
        throw rejection(error, key);
      }
    },

    async *list(prefix) {
      let token: string | undefined;
      do {
        const command = new (s3().ListObjectsV2Command)({
          Bucket: bucket,
          Prefix: prefix,
          ContinuationToken: token,
        });
        const page = await client()
          .send(command)
          .catch((error: unknown) => {
            throw rejection(error, prefix);
          });
        for (const { Key, ETag, Size } of page.Contents ?? []) {
          yield { key: Key ?? "", etag: ETag ?? "", bytes: Size ?? 0 };
        }
        token = page.NextContinuationToken;
      } while (token !== undefined);
    },
  };
}

/** Errors of S3 and JavaScript for a key that no object can have. */
const NO_KEYS = ["KeyTooLongError", "InvalidURI", "URIError"];

/** Translates the SDK's error to the contract's terms; the original is the cause, for the log. */
function rejection(cause: unknown, key: string): Error {
  const status = statusOf(cause);
  const name = cut(key);
  // A missing bucket is a mistake of the stack: to the caller, the same as one that does not respond.
  const named = (cause as Error).name !== "NoSuchBucket";
  if (status === 404 && named) return new NotFound(`There is no ${name} in the bucket`, { cause });
  if (NO_KEYS.includes((cause as Error).name))
    return new BadRequest(`No object can have the key ${name}`, { cause });
  if (status === 403)
    return new Forbidden(`This endpoint may not read or write ${name} in the bucket`, { cause });
  return new ServiceUnavailable(`The bucket cannot serve ${name} now`, { cause });
}
