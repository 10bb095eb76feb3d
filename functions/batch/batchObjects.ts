import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { lazy } from "../shared/lazy";
import { s3 } from "../shared/s3";
import { statusOf } from "../shared/statusOf";
import type { RowFile } from "./readFile";

/** Somebody else wrote the object meanwhile. */
export class Changed extends Error {
  override readonly name = "Changed";
}

export interface FileInfo {
  readonly etag: string;
  readonly versionId: string | undefined;
  readonly bytes: number;
  readonly uploadedAt: Date;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The objects of the upload bucket, as far as a batch uses them. */
export interface BatchObjects {
  head(key: string): Promise<FileInfo | undefined>;
  /** Reads a small object. @returns `undefined` if it does not exist */
  get(key: string): Promise<{ readonly etag: string; readonly text: string } | undefined>;
  /**
   * Writes an object.
   *
   * @param ifMatch  The ETag that it must still have; `null`: it must not exist. @default it is replaced
   * @returns        Its ETag.
   * @throws Changed
   */
  put(
    key: string,
    body: string,
    options?: { readonly ifMatch?: string | null; readonly metadata?: Readonly<Record<string, string>> },
  ): Promise<string>;
  /** Opens a file to read rows of it. Reading throws {@link Changed} if it is replaced meanwhile. */
  open(key: string, info: FileInfo): RowFile;
  /** Writes an object whose size is not known before. */
  write(key: string, pieces: AsyncIterable<string>): Promise<void>;
}

/** Bytes that are read at once: a connection that waits for an endpoint's answers would be closed. */
const CHUNK_BYTES = 4 * 1024 * 1024;

/** Bytes of a part of an upload; S3 takes 10,000 of them, 5 MB or more each. */
const PART_BYTES = 8 * 1024 * 1024;

const JSON_LINES = "application/x-ndjson";

export function batchObjects(bucket: string): BatchObjects {
  const requestHandler = { connectionTimeout: 2_000, socketTimeout: 20_000 };
  const client = lazy(() => new (s3().S3Client)({ requestHandler }));

  async function head(key: string): Promise<FileInfo | undefined> {
    try {
      const command = new (s3().HeadObjectCommand)({ Bucket: bucket, Key: key });
      const {
        ETag = "",
        VersionId,
        ContentLength = 0,
        LastModified,
        Metadata = {},
      } = await client().send(command);
      const uploadedAt = LastModified ?? new Date(0);
      return { etag: ETag, versionId: VersionId, bytes: ContentLength, uploadedAt, metadata: Metadata };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  async function range(key: string, etag: string, from: number, to: number): Promise<Uint8Array> {
    const Range = `bytes=${from}-${to - 1}`;
    const command = new (s3().GetObjectCommand)({ Bucket: bucket, Key: key, IfMatch: etag, Range });
    try {
      return await buffer((await client().send(command)).Body as Readable);
    } catch (cause) {
      throw [404, 412].includes(statusOf(cause) ?? 0) ? new Changed(`${key} was replaced`, { cause }) : cause;
    }
  }

  return {
    head,

    async get(key) {
      try {
        const command = new (s3().GetObjectCommand)({ Bucket: bucket, Key: key });
        const { Body, ETag = "" } = await client().send(command);
        return { etag: ETag, text: (await buffer(Body as Readable)).toString("utf8") };
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw error;
      }
    },

    async put(key, body, { ifMatch, metadata } = {}) {
      const command = new (s3().PutObjectCommand)({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: key.endsWith(".json") ? "application/json" : JSON_LINES,
        Metadata: metadata,
        ...(ifMatch === null && { IfNoneMatch: "*" }),
        ...(typeof ifMatch === "string" && { IfMatch: ifMatch }),
      });
      try {
        return (await client().send(command)).ETag ?? "";
      } catch (cause) {
        // 409: another conditional write of the key is under way.
        throw [404, 409, 412].includes(statusOf(cause) ?? 0)
          ? new Changed(`${key} was written meanwhile`, { cause })
          : cause;
      }
    },

    open: (key, { etag, bytes }) => ({
      bytes,
      async *chunks(from) {
        for (let at = from; at < bytes; at += CHUNK_BYTES) {
          yield await range(key, etag, at, Math.min(at + CHUNK_BYTES, bytes));
        }
      },
    }),

    async write(key, pieces) {
      const target = { Bucket: bucket, Key: key };
      const parts: { PartNumber: number; ETag: string | undefined }[] = [];
      let upload: string | undefined;
      let waiting: Buffer[] = [];
      let bytes = 0;
      const flush = async () => {
        if (upload === undefined) {
          const command = new (s3().CreateMultipartUploadCommand)({ ...target, ContentType: JSON_LINES });
          upload = (await client().send(command)).UploadId;
        }
        const PartNumber = parts.length + 1;
        const Body = Buffer.concat(waiting);
        [waiting, bytes] = [[], 0];
        const command = new (s3().UploadPartCommand)({ ...target, UploadId: upload, PartNumber, Body });
        parts.push({ PartNumber, ETag: (await client().send(command)).ETag });
      };
      for await (const piece of pieces) {
        waiting.push(Buffer.from(piece));
        bytes += waiting.at(-1)?.length ?? 0;
        if (bytes >= PART_BYTES) await flush();
      }
      if (upload === undefined) {
        const Body = Buffer.concat(waiting);
        await client().send(new (s3().PutObjectCommand)({ ...target, Body, ContentType: JSON_LINES }));
        return;
      }
      if (bytes > 0) await flush();
      await client().send(
        new (s3().CompleteMultipartUploadCommand)({
          ...target,
          UploadId: upload,
          MultipartUpload: { Parts: parts },
        }),
      );
    },
  };
}
