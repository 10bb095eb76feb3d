import path from "node:path";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { rootKey } from "../../test/helpers/services/localS3";
import { serverProcess } from "./serverProcess";

const [BUCKET, REGION, KEY_ID] = ["bucket", "eu-central-1", "ROOT"];
/** Uploads at a time. */
const UPLOADS = 16;

export interface ModelObject {
  readonly key: string;
  readonly body: Uint8Array;
  /** @default none */
  readonly metadata?: Record<string, string>;
}

/** A bucket with models, in a local S3 that has a process of its own. */
export interface ModelBucket {
  readonly name: string;
  /** The variables by which a function finds it, and may read it. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Starts a local S3 with a bucket of these objects. */
export async function startModelBucket(objects: readonly ModelObject[]): Promise<ModelBucket> {
  const server = await serverProcess(path.join(__dirname, "bucketServer.ts"), BUCKET, REGION);
  const client = new S3Client({
    endpoint: server.address,
    region: REGION,
    credentials: { accessKeyId: KEY_ID, secretAccessKey: rootKey.secretAccessKey },
    forcePathStyle: true,
  });
  const left = [...objects];
  const upload = async () => {
    for (let object = left.pop(); object !== undefined; object = left.pop()) {
      const { key: Key, body: Body, metadata: Metadata } = object;
      await client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, Metadata }));
    }
  };
  await Promise.all(Array.from({ length: UPLOADS }, upload));
  client.destroy();
  return {
    name: BUCKET,
    environment: {
      AWS_ENDPOINT_URL_S3: server.address,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: KEY_ID,
      AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
      // Lambda has a Node.js that the SDK does not warn of.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    },
    close: async () => server.close(),
  };
}
