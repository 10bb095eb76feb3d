import { createHash } from "node:crypto";
import type { Cloud } from "../../../cloud/cloud";
import type { Declared } from "../../../resources/declared";
import type { LegacyResourceType } from "../../../resources/legacy";
import type { Properties } from "../../../resources/value";
import { S3Error } from "../s3Error";
import type { ObjectMetadata } from "../store/types";
import { hashObjectSource, objectSourceEtag, openObjectSource, readObjectSource } from "./objectSource";

/**
 * A resource type that is an object in a bucket; AWS has two of them, nearly alike. An object is put again only when
 * what the program declares has changed since it last was: what users uploaded in its place since then stays.
 */
export function objectResource(type: string, moreInputs: readonly string[]): LegacyResourceType<Cloud> {
  return {
    type,
    inputs: [...inputs, ...moreInputs].sort(),
    replaceOn: ["bucket", "key", "region"],
    assigned: ["etag", "versionId"],
    durable: true,

    check(properties, name) {
      const key = properties.key ?? name;
      if (typeof key === "string" && Buffer.byteLength(key) > 1024) {
        throw new Error(`\`key\` has over 1,024 bytes.`);
      }
    },

    outputs(properties, { name }, { region }) {
      const { bucket } = properties;
      const key = cleanKey(String(properties.key ?? name));
      return {
        contentType: "application/octet-stream",
        forceDestroy: false,
        region,
        serverSideEncryption: "AES256",
        storageClass: "STANDARD",
        ...properties,
        arn: `arn:aws:s3:::${bucket}/${key}`,
        etag: properties.etag ?? objectSourceEtag(readObjectSource(properties)),
        id: `${bucket}/${key}`,
        key,
        tagsAll: properties.tags ?? {},
        versionId: "",
      };
    },

    create: put,
    update: (resource, _old, cloud) => put(resource, cloud),

    async read({ outputs }, { s3 }) {
      const version = s3.find(String(outputs.bucket), String(outputs.key));
      return version && { etag: version.etag, versionId: versionOutput(version.versionId) };
    },

    async delete({ outputs }, { s3 }) {
      try {
        await s3.purgeObject(String(outputs.bucket), String(outputs.key));
      } catch (error) {
        if (!(error instanceof S3Error && error.code === "NoSuchBucket")) throw error;
      }
    },
  };
}

const inputs = [
  "acl",
  "bucket",
  "bucketKeyEnabled",
  "cacheControl",
  "content",
  "contentBase64",
  "contentDisposition",
  "contentEncoding",
  "contentLanguage",
  "contentType",
  "etag",
  "forceDestroy",
  "key",
  "kmsKeyId",
  "metadata",
  "objectLockLegalHoldStatus",
  "objectLockMode",
  "objectLockRetainUntilDate",
  "region",
  "serverSideEncryption",
  "source",
  "sourceHash",
  "storageClass",
  "tags",
  "websiteRedirect",
];

async function put(resource: Declared, { s3 }: Cloud): Promise<Properties> {
  const name = String(resource.outputs.bucket);
  const key = String(resource.outputs.key);
  const source = readObjectSource(resource.inputs);
  const metadata = readMetadata(resource.outputs);
  const hash = hashObjectSource(source, createHash("sha256").update(JSON.stringify(metadata)));
  const bucket = s3.bucket(name);
  const last = bucket.state.declarations.get(key);
  if (last?.hash === hash) return { etag: last.etag, versionId: versionOutput(last.versionId) };
  const { etag, versionId } = await s3.putObject(name, { key, body: openObjectSource(source), metadata });
  await bucket.commit(() => [{ declare: { key, hash, etag, versionId } }]);
  return { etag, versionId: versionOutput(versionId) };
}

function readMetadata(outputs: Properties): ObjectMetadata {
  const text = (property: string) =>
    outputs[property] === undefined ? undefined : String(outputs[property]);
  return {
    contentType: text("contentType"),
    cacheControl: text("cacheControl"),
    contentDisposition: text("contentDisposition"),
    contentEncoding: text("contentEncoding"),
    contentLanguage: text("contentLanguage"),
    websiteRedirectLocation: text("websiteRedirect"),
    metadata: outputs.metadata as Record<string, string> | undefined,
    tags: outputs.tags as Record<string, string> | undefined,
  };
}

/** The provider, for the sake of old states, takes `./` and slashes off the beginning and doubled slashes for one. */
function cleanKey(key: string): string {
  return key.replace(/^\.\//, "").replace(/^\/+/, "").replace(/\/+/g, "/");
}

function versionOutput(versionId: string): string {
  return versionId === "null" ? "" : versionId;
}
