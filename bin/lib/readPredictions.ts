import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { npyToFloat32 } from "../../functions/shared/npy/npyToFloat32";
import { readSceneFile } from "../../functions/smoke-segmentation/readSceneFile";
import type { S3Access } from "./s3AccessOf";

/**
 * The probabilities of a response of smoke segmentation, in C order: those in it, or those in the file that it names.
 */
export async function readPredictions(
  { predictions, output }: Readonly<Record<string, unknown>>,
  access: S3Access,
): Promise<Float32Array> {
  if (Array.isArray(predictions)) return Float32Array.from(predictions.flat(Number.POSITIVE_INFINITY));
  if (typeof output !== "object" || output === null) {
    throw new Error("The endpoint's answer has neither `predictions` nor `output`.");
  }
  const { bucket, file_name } = output as { bucket: string; file_name: string };
  const client = new S3Client(access);
  try {
    const { Body, ContentLength } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: file_name }),
    );
    return npyToFloat32(await readSceneFile(Body as AsyncIterable<Uint8Array>, ContentLength ?? 0));
  } catch (cause) {
    throw new Error(
      `The answer is too large for a response, and ${file_name} cannot be had from the bucket ${bucket}: ${(cause as Error).message}`,
      { cause },
    );
  } finally {
    client.destroy();
  }
}
