import fs from "node:fs";
import path from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { EVALUATOR_KEY, EVALUATOR_MARK } from "../../functions/shared/evaluator/mark";
import type { ModelBucket } from "./modelBucket";
import { keyOf, listModels, removeModels, type ServedFormat } from "./modelObjects";
import { ProgressBar } from "./progressBar";
import { uploadFile } from "./uploadFile";
import { UploadRefused } from "./uploadRefused";

/** Each attempt that fails is another push that succeeded: so many at a time are a mistake. */
const ATTEMPTS = 20;

/** What a conditional write gets whose key is taken, or was changed meanwhile: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
const TAKEN = [409, 412];

const MARK_HEADER = `x-amz-meta-${EVALUATOR_KEY}`;

interface PushedModel {
  readonly kind: "model" | "breed";
  readonly name: string;
  /** Replaced where it is there. @default of a model the next version, which no other push gets; a breed's has none */
  readonly version?: number | undefined;
  /** What the file is. @default onnx; a breed's is an archive */
  readonly format?: ServedFormat;
  /** Whether the evaluator may serve it in place of ONNX Runtime. @default false */
  readonly evaluable?: boolean;
}

/**
 * Uploads a model to where the endpoints look for it.
 *
 * @returns               Its key.
 * @throws UploadRefused  S3 does not take it.
 */
export async function pushModel(bucket: ModelBucket, model: PushedModel, file: string): Promise<string> {
  if (model.kind === "breed" || model.version !== undefined) {
    const key = keyOf({ version: undefined, ...model });
    await upload(bucket, key, file, model);
    if (model.kind === "model") await removeOthers(bucket, key);
    return key;
  }
  for (let attempt = 1; ; attempt++) {
    const key = keyOf({ ...model, version: await nextVersion(bucket, model.name) });
    try {
      await upload(bucket, key, file, { ...model, onlyNew: true });
      return key;
    } catch (error) {
      const taken = error instanceof UploadRefused && TAKEN.includes(error.status);
      if (!taken || attempt === ATTEMPTS) throw error;
    }
  }
}

/** @param onlyNew  S3 refuses where there is such an object already. */
async function upload(
  { client, bucket }: ModelBucket,
  key: string,
  file: string,
  { onlyNew = false, evaluable = false }: { onlyNew?: boolean; evaluable?: boolean },
): Promise<void> {
  const put = new PutObjectCommand({ Bucket: bucket, Key: key, IfNoneMatch: onlyNew ? "*" : undefined });
  const headers: Record<string, string> = onlyNew ? { "if-none-match": "*" } : {};
  if (evaluable) {
    put.input.Metadata = { [EVALUATOR_KEY]: EVALUATOR_MARK };
    headers[MARK_HEADER] = EVALUATOR_MARK;
  }
  // In the address S3 would not take it for metadata.
  const url = await getSignedUrl(client, put, { unhoistableHeaders: new Set([MARK_HEADER]) });
  const bar = new ProgressBar(path.basename(file), fs.statSync(file).size);
  try {
    await uploadFile(file, url, (sent) => bar.show(sent), headers);
  } finally {
    bar.end();
  }
}

/** Removes what a version was before, in another format: one file of a version is served. */
async function removeOthers(bucket: ModelBucket, key: string): Promise<void> {
  const models = await listModels(bucket, key.slice(0, key.lastIndexOf("/") + 1));
  const others = models.map((model) => model.key).filter((each) => each !== key);
  await removeModels(bucket, others);
}

async function nextVersion(bucket: ModelBucket, name: string): Promise<number> {
  const versions = (await listModels(bucket, `models/${name}/`)).map(({ version }) => version ?? 0);
  return Math.max(0, ...versions) + 1;
}
