import { HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { readRunningCloud } from "@paddock/local/running";
import { deployedOutputs } from "./deployedOutputs";
import { s3AccessOf } from "./s3AccessOf";
import { dataFolderOf } from "./stackHere";

/** Otherwise the SDK signs the checksum of an empty body into the URL of an upload. */
const FOR_PRESIGNED_URLS = { requestChecksumCalculation: "WHEN_REQUIRED" } as const;

/** A stack's bucket with models, and a client that can write to it. */
export interface ModelBucket {
  readonly bucket: string;
  readonly client: S3Client;
  readonly outputs: StackOutputs;
}

/** The outputs of a stack that are read here; one that is not deployed anew since lacks some. */
export interface StackOutputs {
  readonly modelBucket?: string;
  /** Bytes of the largest model, by endpoint. */
  readonly modelLimits?: Readonly<Record<string, number>>;
  readonly openInferenceUrl?: string;
  readonly pricingUrl?: string;
  /** Command lines by endpoint. */
  readonly examples?: Readonly<Record<string, string>>;
}

/**
 * Finds the model bucket: of a deployed stack by its outputs, otherwise of the running local cloud.
 *
 * @param stack  Name of a deployed stack; Pulumi's command and the usual AWS credentials must reach it.
 * @param data  Data folder of the local cloud. @default the one of `npm start`
 * @throws Error  One line with the cure.
 */
export async function findModelBucket({
  stack,
  data,
}: {
  stack?: string;
  data?: string;
}): Promise<ModelBucket> {
  return stack === undefined ? ofLocalCloud(data) : ofDeployedStack(stack);
}

function ofLocalCloud(data: string | undefined): ModelBucket {
  const dataDir = dataFolderOf({ stack: "dev", data });
  const running = readRunningCloud(dataDir);
  if (running === undefined) {
    throw new Error(
      "Nothing serves models here: start it with `npm start`, or name a deployed stack by --stack.",
    );
  }
  const client = new S3Client({ ...s3AccessOf(dataDir, running), ...FOR_PRESIGNED_URLS });
  const outputs: StackOutputs = running.outputs;
  return { bucket: String(outputs.modelBucket), client, outputs };
}

async function ofDeployedStack(stack: string): Promise<ModelBucket> {
  const outputs: StackOutputs = deployedOutputs(stack);
  if (outputs.modelBucket === undefined) {
    throw new Error(`The stack ${stack} has no output modelBucket: deploy it with \`pulumi up\`.`);
  }
  const region = await regionOf(outputs.modelBucket);
  const client = new S3Client({ region, ...FOR_PRESIGNED_URLS });
  return { bucket: outputs.modelBucket, client, outputs };
}

/** The stack's outputs do not name the bucket's region, so S3 is asked. */
async function regionOf(bucket: string): Promise<string | undefined> {
  const region = process.env.AWS_REGION ?? "us-east-1";
  const client = new S3Client({ region, followRegionRedirects: true });
  try {
    return (await client.send(new HeadBucketCommand({ Bucket: bucket }))).BucketRegion ?? region;
  } finally {
    client.destroy();
  }
}
