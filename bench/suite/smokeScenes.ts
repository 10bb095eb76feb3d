import fs from "node:fs";
import path from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { npyFile } from "../../test/helpers/models/npyFile";
import { LocalS3, roleKey } from "../../test/helpers/services/localS3";
import type { Benchmark, Measured } from "../lib/benchmark";
import { startJob } from "../lib/jobs";

const SAMPLE = path.resolve(__dirname, "../../functions/smoke-segmentation/samples/smoke-uint16.npy");
const BUCKET = "uploads";
const [SIDE, SAMPLE_SIDE, BANDS] = [2048, 64, 6];

export const benchmark: Benchmark = {
  name: "smokeScenes",
  title: "Smoke in ten large scenes",
  about: `Ten scenes of 2048 × 2048 pixels and six bands of uint16 (50 MB of \`.npy\` each, the sample scene repeated), one
after the other: the handler of \`smoke-segmentation\` reads each from the local S3 and writes its result there (17 MB).
Beside it ONNX Runtime alone, which runs the same model over the same tiles, ready in memory, with two threads like the
function of 3,008 MB. The share of the rest: what only the transfers take through the AWS SDK, and what only making tiles of
the file and the result's file of the answers takes. The local S3 has the machine's two cores in common with the function.`,
  unit: "ms",
  rounds: 10,
  async variants({ folder }) {
    const file = path.join(folder, "scene.npy");
    fs.writeFileSync(file, largeScene());
    let s3: Promise<LocalS3> | undefined;
    let users = 0;
    const start = async (job: string): Promise<Measured> => {
      s3 ??= startS3(file);
      users++;
      const { endpoint } = await s3;
      const environment = {
        SCENE: file,
        UPLOAD_BUCKET: BUCKET,
        AWS_REGION: "eu-central-1",
        AWS_ACCESS_KEY_ID: "ROLE",
        AWS_SECRET_ACCESS_KEY: roleKey.secretAccessKey,
        AWS_SESSION_TOKEN: roleKey.sessionToken ?? "",
        AWS_ENDPOINT_URL_S3: endpoint,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "3008",
        LAMBDA_TASK_ROOT: path.dirname(path.dirname(SAMPLE)),
        MODEL_FILE: "model/model.onnx",
      };
      const { round, close } = await startJob({ file: "smokeScenes", job, environment }, 1);
      return {
        round,
        async close() {
          await close();
          if (--users === 0) await (await s3)?.stop();
        },
      };
    };
    return [
      { name: "smoke-segmentation", start: () => start("function") },
      { name: "ONNX Runtime, same tiles", start: () => start("bare") },
      { name: "transfers only", start: () => start("transfer") },
      { name: "tiles and result only", start: () => start("values") },
    ];
  },
  goals: [
    {
      variant: "smoke-segmentation",
      against: "ONNX Runtime, same tiles",
      atMost: 1.1,
      obstacle: `What the last two variants take comes on top of the model: onnxruntime-node's \`run\` holds the JavaScript
thread, so that nothing is read or written meanwhile. Of a transfer, two thirds are the AWS SDK's processor time (the HTTP
parser, the checksum, garbage collection of the chunks); the rest is the local S3's. Inference in a worker thread would
overlap them, on the same two cores: all together takes a fifth more processor time than the model.`,
    },
  ],
};

function largeScene(): Buffer {
  const sample = fs.readFileSync(SAMPLE);
  const rowBytes = SAMPLE_SIDE * BANDS * 2;
  const body = Buffer.alloc(SIDE * SIDE * BANDS * 2);
  const start = sample.length - SAMPLE_SIDE * rowBytes;
  for (let y = 0; y < SIDE; y++) {
    const from = start + (y % SAMPLE_SIDE) * rowBytes;
    const to = y * SIDE * BANDS * 2;
    body.fill(sample.subarray(from, from + rowBytes), to, to + SIDE * BANDS * 2);
  }
  return npyFile("<u2", [SIDE, SIDE, BANDS], body);
}

/** A local S3 that has the scene, and lets the function's role at it. */
async function startS3(file: string): Promise<LocalS3> {
  const s3 = await LocalS3.start(BUCKET);
  s3.rolePolicy = [{ Effect: "Allow", Action: "s3:*", Resource: "*" }];
  const Body = fs.readFileSync(file);
  await s3.client().send(new PutObjectCommand({ Bucket: BUCKET, Key: "scene.npy", Body }));
  return s3;
}
