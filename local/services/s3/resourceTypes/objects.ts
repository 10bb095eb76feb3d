import { createHash } from "node:crypto";
import type { ServerSideEncryption, StorageClass } from "@aws-sdk/client-s3";
import type * as aws from "@pulumi/aws";
import { type AddedOutputs, defineType, type InputsOf } from "../../../resources/resourceType";
import { inert, nested, refused, required, served } from "../../../resources/treatment";
import { ABSENT, known, type PreviewOf } from "../../../resources/value";
import { S3Error } from "../s3Error";
import type { S3Service } from "../s3Service";
import type { Declaration, ObjectMetadata } from "../store/types";
import { hashObjectSource, objectSourceEtag, openObjectSource, readObjectSource } from "./objectSource";

// An object in a bucket; AWS has two types of it, nearly alike. An object is put again only when what the program
// declares has changed since it last was: what users uploaded in its place since then stays.

type Inputs = InputsOf<typeof aws.s3.BucketObject> & Pick<V2Inputs, "checksumAlgorithm">;
type V2Inputs = InputsOf<typeof aws.s3.BucketObjectv2>;

const NO_OBJECT_LOCK = refused("there is no Object Lock");

const PROPERTIES = {
  acl: refused("there are no ACLs, grant access with an aws.s3.BucketPolicy"),
  bucket: required,
  bucketKeyEnabled: served,
  cacheControl: served,
  content: served,
  contentBase64: served,
  contentDisposition: served,
  contentEncoding: served,
  contentLanguage: served,
  contentType: served,
  etag: served,
  forceDestroy: inert("there is no Object Lock that it could override"),
  key: served,
  kmsKeyId: served,
  metadata: served,
  objectLockLegalHoldStatus: NO_OBJECT_LOCK,
  objectLockMode: NO_OBJECT_LOCK,
  objectLockRetainUntilDate: NO_OBJECT_LOCK,
  region: served,
  serverSideEncryption: served,
  source: served,
  sourceHash: served,
  storageClass: served,
  tags: served,
  websiteRedirect: served,
} as const;

const CHECKSUMS = {
  CRC32: "checksumCrc32",
  CRC32C: "checksumCrc32c",
  CRC64NVME: "checksumCrc64nvme",
  SHA1: "checksumSha1",
  SHA256: "checksumSha256",
} as const;
type DeclaredAlgorithm = keyof typeof CHECKSUMS;

export const bucketObject = defineType<typeof aws.s3.BucketObject, S3Service>(
  "aws:s3/bucketObject:BucketObject",
  {
    properties: PROPERTIES,
    replaceOn: ["bucket", "key"],
    assigned: ["etag", "versionId"],
    durable: true,
    check: checkKey,
    outputs: (inputs, { name }) => outputsOf(inputs, name),
    async create({ inputs, outputs }, s3) {
      const { etag, versionId } = await put(inputs, outputs, s3);
      return { etag, versionId };
    },
    read: async ({ outputs }, s3) => find(outputs, s3),
    delete: ({ outputs }, s3) => purge(outputs, s3),
  },
);

export const bucketObjectv2 = defineType<typeof aws.s3.BucketObjectv2, S3Service>(
  "aws:s3/bucketObjectv2:BucketObjectv2",
  {
    properties: {
      ...PROPERTIES,
      checksumAlgorithm: served,
      overrideProvider: nested({ defaultTags: inert("the provider's default tags are not added here") }),
    },
    replaceOn: ["bucket", "key"],
    assigned: [...Object.values(CHECKSUMS), "etag", "versionId"],
    durable: true,
    check(inputs, name) {
      checkKey(inputs, name);
      const algorithm = known(inputs.checksumAlgorithm);
      if (algorithm !== undefined && !Object.hasOwn(CHECKSUMS, algorithm)) {
        throw new Error(
          `\`checksumAlgorithm\` is "${algorithm}"; choose one of ${Object.keys(CHECKSUMS).join(", ")}`,
        );
      }
    },
    outputs: (inputs, { name }) => ({
      checksumCrc32: "",
      checksumCrc32c: "",
      checksumCrc64nvme: "",
      checksumSha1: "",
      checksumSha256: "",
      ...outputsOf(inputs, name),
      acl: ABSENT,
    }),
    async create({ inputs, outputs }, s3) {
      const { checksum, ...given } = await put(inputs, outputs, s3);
      return checksum
        ? { ...given, [CHECKSUMS[checksum.algorithm as DeclaredAlgorithm]]: checksum.value }
        : given;
    },
    read: async ({ outputs }, s3) => find(outputs, s3),
    delete: ({ outputs }, s3) => purge(outputs, s3),
  },
);

function checkKey(inputs: PreviewOf<Inputs>, name: string): void {
  const key = known(inputs.key ?? name);
  if (key !== undefined && Buffer.byteLength(key) > 1024) throw new Error("`key` has over 1,024 bytes");
}

function outputsOf(
  inputs: PreviewOf<Inputs>,
  name: string,
): AddedOutputs<typeof aws.s3.BucketObject> & { readonly id: string } {
  const key = cleanKey(known(inputs.key) ?? name);
  const bucket = String(known(inputs.bucket));
  return {
    arn: `arn:aws:s3:::${bucket}/${key}`,
    bucketKeyEnabled: inputs.bucketKeyEnabled ?? false,
    contentType: inputs.contentType ?? "application/octet-stream",
    etag: inputs.etag ?? objectSourceEtag(readObjectSource(inputs)),
    forceDestroy: inputs.forceDestroy ?? false,
    id: `${bucket}/${key}`,
    key,
    kmsKeyId: inputs.kmsKeyId ?? "",
    serverSideEncryption: inputs.serverSideEncryption ?? "AES256",
    storageClass: inputs.storageClass ?? "STANDARD",
    tagsAll: inputs.tags ?? {},
    versionId: "",
  };
}

/** The properties that `outputs` adds to the inputs. */
interface Named {
  readonly bucket: string;
  readonly key: string;
  readonly contentType: string;
}

async function put(inputs: Inputs, { bucket: name, key, contentType }: Named, s3: S3Service) {
  const source = readObjectSource(inputs);
  const metadata: ObjectMetadata = {
    contentType: asHeader(contentType),
    cacheControl: asHeader(inputs.cacheControl),
    contentDisposition: asHeader(inputs.contentDisposition),
    contentEncoding: asHeader(inputs.contentEncoding),
    contentLanguage: asHeader(inputs.contentLanguage),
    websiteRedirectLocation: asHeader(inputs.websiteRedirect),
    metadata: inputs.metadata,
    tags: inputs.tags,
    storageClass: inputs.storageClass as StorageClass | undefined,
    encryption: inputs.serverSideEncryption
      ? {
          algorithm: inputs.serverSideEncryption as ServerSideEncryption,
          kmsKeyId: inputs.kmsKeyId || undefined,
          bucketKeyEnabled: inputs.bucketKeyEnabled || undefined,
        }
      : undefined,
  };
  const { checksumAlgorithm, sourceHash } = inputs;
  const declared = JSON.stringify({ ...metadata, checksumAlgorithm, sourceHash });
  const hash = hashObjectSource(source, createHash("sha256").update(declared));
  const bucket = s3.bucket(name);
  const last = bucket.state.declarations.get(key);
  if (last?.hash === hash) return written(last);
  const version = await s3.putObject(name, {
    key,
    body: openObjectSource(source),
    metadata,
    checksumAlgorithm: checksumAlgorithm as DeclaredAlgorithm | undefined,
  });
  const { etag, versionId, checksum } = version;
  await bucket.commit(() => [{ declare: { key, hash, etag, versionId, checksum } }]);
  return written(version);
}

/** A header's text as S3 keeps it: the bytes of its UTF-8, as Latin-1. */
function asHeader(text: string | undefined): string | undefined {
  return text && Buffer.from(text).toString("latin1");
}

function written({ etag, versionId, checksum }: Omit<Declaration, "key" | "hash">) {
  return { etag, versionId: versionOutput(versionId), checksum };
}

function find({ bucket, key }: { readonly bucket: string; readonly key: string }, s3: S3Service) {
  const version = s3.find(bucket, key);
  return version && { etag: version.etag, versionId: versionOutput(version.versionId) };
}

async function purge({ bucket, key }: { readonly bucket: string; readonly key: string }, s3: S3Service) {
  try {
    await s3.purgeObject(bucket, key);
  } catch (error) {
    if (!(error instanceof S3Error && error.code === "NoSuchBucket")) throw error;
  }
}

/** The provider, for the sake of old states, takes `./` and slashes off the beginning and doubled slashes for one. */
function cleanKey(key: string): string {
  return key.replace(/^\.\//, "").replace(/^\/+/, "").replace(/\/+/g, "/");
}

function versionOutput(versionId: string): string {
  return versionId === "null" ? "" : versionId;
}
