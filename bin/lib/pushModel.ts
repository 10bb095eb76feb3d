import fs from "node:fs";
import path from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { EVALUATOR_KEY, EVALUATOR_MARK } from "../../functions/shared/evaluator/mark";
import type { ModelBucket } from "./modelBucket";
import { folderOf, keyOf, listFolder, nextVersion, removeModels, type ServedFormat } from "./modelObjects";
import { ProgressBar } from "./progressBar";
import { uploadFile } from "./uploadFile";
import { UploadRejected } from "./uploadRejected";

/** Each attempt that fails means that another push succeeded: more of them are a mistake. */
const ATTEMPTS = 20;

/**
 * S3's codes for a conditional write whose key is taken, or was changed meanwhile:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
const TAKEN = [409, 412];

/** Metadata in which an object says what its model takes, for lists. */
export const INPUTS_KEY = "inputs";
/** S3 takes 2 KB of metadata. */
const MAX_INPUTS_LENGTH = 1000;

interface PushedModel {
  readonly kind: "model" | "breed";
  readonly name: string;
  /** @default of a model the next version, which no other push gets; a breed's has none */
  readonly version?: string | undefined;
  /** The kind of file. @default onnx; a breed's is an archive */
  readonly format?: ServedFormat;
  /** Whether the evaluator may serve it in place of ONNX Runtime. @default false */
  readonly evaluable?: boolean;
  /** The model's inputs, in a line. @default not noted */
  readonly inputs?: string;
  /** Whether a version that is there may be replaced. @default false */
  readonly replace?: boolean;
}

/** A model's file, and those with its weights. */
export interface PushedFiles {
  readonly file: string;
  /** Uploaded to the same folder, under their own names, before the model. @default none */
  readonly beside?: readonly string[];
}

/**
 * Uploads a model to where the endpoints look for it.
 *
 * @returns               Its key.
 * @throws UploadRejected  S3 does not take it.
 * @throws Error          The version is there already.
 */
export async function pushModel(
  bucket: ModelBucket,
  model: PushedModel,
  files: PushedFiles,
): Promise<string> {
  if (model.kind === "breed" || model.version !== undefined) {
    const key = keyOf({ version: undefined, ...model });
    if (model.kind === "model" && !model.replace && (await listFolder(bucket, key)).length > 0) {
      throw new Error(
        `${model.name} has a version ${model.version} already: --replace replaces it, and without --version the model becomes the next one.`,
      );
    }
    const pushed = await uploadAll(bucket, key, files, model);
    if (model.kind === "model") await removeOthers(bucket, pushed);
    return key;
  }
  for (let attempt = 1; ; attempt++) {
    const key = keyOf({ ...model, version: await nextVersion(bucket, model.name) });
    try {
      await uploadAll(bucket, key, files, { ...model, onlyNew: true });
      return key;
    } catch (error) {
      const taken = error instanceof UploadRejected && TAKEN.includes(error.status);
      if (!taken || attempt === ATTEMPTS) throw error;
    }
  }
}

/** @param onlyNew  S3 rejects the upload if the object exists. @returns The keys, the model's last. */
async function uploadAll(
  bucket: ModelBucket,
  key: string,
  { file, beside = [] }: PushedFiles,
  { onlyNew = false, evaluable = false, inputs }: { onlyNew?: boolean; evaluable?: boolean; inputs?: string },
): Promise<string[]> {
  const pushed: string[] = [];
  try {
    for (const weights of beside) {
      const besideKey = `${folderOf(key)}${path.basename(weights)}`;
      await upload(bucket, besideKey, weights, { onlyNew, metadata: {} });
      pushed.push(besideKey);
    }
    await upload(bucket, key, file, {
      onlyNew,
      metadata: {
        ...(evaluable && { [EVALUATOR_KEY]: EVALUATOR_MARK }),
        ...(inputs !== undefined && { [INPUTS_KEY]: inMetadata(inputs) }),
      },
    });
    return [...pushed, key];
  } catch (error) {
    // Another push has taken this version.
    if (onlyNew) await removeModels(bucket, pushed);
    throw error;
  }
}

async function upload(
  { client, bucket }: ModelBucket,
  key: string,
  file: string,
  { onlyNew, metadata }: { onlyNew: boolean; metadata: Readonly<Record<string, string>> },
): Promise<void> {
  const put = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Metadata: { ...metadata },
    IfNoneMatch: onlyNew ? "*" : undefined,
  });
  const marks = Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]),
  );
  const headers = { ...(onlyNew && { "if-none-match": "*" }), ...marks };
  // In the address S3 would not take them for metadata.
  const url = await getSignedUrl(client, put, { unhoistableHeaders: new Set(Object.keys(marks)) });
  const bar = new ProgressBar(path.basename(file), fs.statSync(file).size);
  try {
    await uploadFile(file, url, (sent) => bar.show(sent), headers);
  } finally {
    bar.end();
  }
}

/** Text as a header may have it. */
function inMetadata(text: string): string {
  return encodeURIComponent(text.slice(0, MAX_INPUTS_LENGTH)).replace(
    /%(20|3B|5B|5D|2C)/g,
    decodeURIComponent,
  );
}

/**
 * Removes the rest of an older upload of this version: files of another format, or weights that the model no longer
 * names.
 */
async function removeOthers(bucket: ModelBucket, pushed: readonly string[]): Promise<void> {
  const keys = await listFolder(bucket, pushed[0] ?? "");
  await removeModels(
    bucket,
    keys.filter((key) => !pushed.includes(key)),
  );
}
