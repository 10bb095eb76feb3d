import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import tumours from "../../../functions/breast-cancer/model/card.json";
import images from "../../../functions/image-validation/model/card.json";
import flowers from "../../../functions/iris/model/card.json";
import protocol from "../../../functions/open-inference/model/card.json";
import rides from "../../../functions/pricing/model/card.json";
import { scaleModel } from "../../helpers/models/scaleModel";
import type { CampaignOptions, CampaignReport } from "../report";
import { type StartedCloud, startCloud } from "../startCloud";
import { grown, slopesTable } from "./growth";
import { type Sample, takeSample } from "./sample";
import { type Call, percentile, sendInTurn, type Tally } from "./traffic";

const ROOT = path.resolve(__dirname, "../../..");

/** Connections that ask endpoints of a millisecond, and those that ask for images and scenes. */
const [LIGHT, HEAVY] = [32, 2];

/** ms between two looks at memory and files, and between two uploads. */
const [SAMPLE_MS, UPLOAD_MS] = [2_000, 250];

/** Keeps the stack busy over both ways in while scenes are uploaded and models replaced. */
export async function load({ minutes }: Pick<CampaignOptions, "minutes">): Promise<CampaignReport> {
  const started = Date.now();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "paddock-load-"));
  try {
    const cloud = await startCloud(folder);
    const tallies = new Map<string, Tally>();
    const findings = new Map<string, number>();
    const broken = (what: string) => void findings.set(what, (findings.get(what) ?? 0) + 1);
    const { samples, uploads } = await keepBusy(cloud, minutes, tallies, broken);
    for (const what of [...grown(samples), ...(await cloud.end())]) broken(what);
    return {
      name: "load",
      options: `--minutes ${minutes}`,
      took: (Date.now() - started) / 1000,
      tried: [
        ...[...tallies].sort().map(([name, { ms }]): [string, number] => [name, ms.length]),
        ["uploads and replaced models", uploads],
      ],
      findings: [...findings].map(([what, times]) => `${what} (${times} times)`),
      details: [responsesTable(tallies), slopesTable(samples)],
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function keepBusy(
  cloud: StartedCloud,
  minutes: number,
  tallies: Map<string, Tally>,
  broken: (what: string) => void,
): Promise<{ samples: Sample[]; uploads: number }> {
  const client = new S3Client({
    endpoint: String(cloud.outputs.s3Endpoint),
    region: cloud.region,
    credentials: cloud.rootKey,
  });
  const put = (bucket: unknown, Key: string, Body: Uint8Array) =>
    client.send(new PutObjectCommand({ Bucket: String(bucket), Key, Body }));
  await put(cloud.outputs.uploadBucket, "load.npy", scene());
  await put(cloud.outputs.modelBucket, REPLACED.breed, archiveOf(0));
  await put(cloud.outputs.modelBucket, REPLACED.model, scaleModel(2));

  const begin = Date.now();
  const isOver = () => Date.now() - begin > minutes * 60_000;
  const samples: Sample[] = [];
  const watch = setInterval(() => {
    const sample = takeSample(cloud.pid, (Date.now() - begin) / 60_000);
    if (sample) samples.push(sample);
  }, SAMPLE_MS);
  let uploads = 0;
  const upload = async () => {
    for (; !isOver(); uploads++) {
      await put(cloud.outputs.uploadBucket, `load-${uploads % 20}.npy`, scene());
      await put(cloud.outputs.modelBucket, REPLACED.breed, archiveOf(uploads));
      await put(cloud.outputs.modelBucket, REPLACED.model, scaleModel(2 + (uploads % 2)));
      await sleep(UPLOAD_MS);
    }
  };
  const workers = [
    ...connections(LIGHT, lightCalls(cloud.outputs)),
    ...connections(HEAVY, heavyCalls(cloud.outputs)),
  ];
  await Promise.all([upload(), ...workers.map((calls) => sendInTurn(calls, isOver, tallies, broken))]);
  clearInterval(watch);
  client.destroy();
  return { samples, uploads: uploads * 3 };
}

/** The calls of each connection. Each begins with another one, so that all are sent however little time there is. */
function connections(count: number, calls: readonly Call[]): Call[][] {
  return Array.from({ length: count }, (_, i) => {
    const first = i % calls.length;
    return [...calls.slice(first), ...calls.slice(0, first)];
  });
}

/** Objects that are replaced all the time. */
const REPLACED = { breed: "breeds/load/model.tar.gz", model: "models/load/1/model.onnx" };

const bodyOf = ({ samples }: { samples: readonly { request: unknown }[] }) =>
  JSON.stringify(samples[0]?.request);

function lightCalls({
  apiUrl,
  irisUrl,
  breastCancerUrl,
  pricingUrl,
  openInferenceUrl,
}: StartedCloud["outputs"]): Call[] {
  const load = JSON.stringify({ inputs: [{ name: "x", shape: [1], datatype: "FP32", data: [3] }] });
  const both = (
    name: string,
    url: unknown,
    within: string,
    body: string,
    responses?: readonly string[],
  ): Call[] => [
    { name, url: String(url), body, ...(responses && { responses }) },
    { name, url: `${apiUrl}/${within}`, body, ...(responses && { responses }) },
  ];
  return [
    ...both("iris", irisUrl, "iris", bodyOf(flowers), ["virginica"]),
    ...both("breast-cancer", breastCancerUrl, "breast-cancer", bodyOf(tumours)),
    ...both("pricing", pricingUrl, "pricing", bodyOf(rides), ["0.99"]),
    ...both(
      "pricing, a breed that is replaced",
      pricingUrl,
      "pricing",
      JSON.stringify({ ...rides.samples[0]?.request, breed: "load" }),
    ),
    ...both(
      "open-inference",
      `${openInferenceUrl}v2/models/iris/infer`,
      "v2/models/iris/infer",
      bodyOf(protocol),
    ),
    ...both(
      "open-inference, a model that is replaced",
      `${openInferenceUrl}v2/models/load/infer`,
      "v2/models/load/infer",
      load,
    ),
  ];
}

function heavyCalls({
  apiUrl,
  imageValidationUrl,
  smokeSegmentationUrl,
  uploadBucket,
}: StartedCloud["outputs"]): Call[] {
  const smoke = JSON.stringify({ bucket: uploadBucket, file_name: "load.npy" });
  const response = images.samples[0]?.answer.body ?? "";
  return [
    {
      name: "image-validation",
      url: String(imageValidationUrl),
      body: bodyOf(images),
      responses: [response],
    },
    { name: "smoke-segmentation", url: `${apiUrl}/smoke-segmentation`, body: smoke },
    {
      name: "image-validation",
      url: `${apiUrl}/image-validation`,
      body: bodyOf(images),
      responses: [response],
    },
    { name: "smoke-segmentation", url: String(smokeSegmentationUrl), body: smoke },
  ];
}

function scene(): Buffer {
  return fs.readFileSync(path.join(ROOT, "functions/smoke-segmentation/samples/smoke.npy"));
}

function archiveOf(turn: number): Buffer {
  const breed = turn % 2 === 0 ? "arabian" : "icelandic";
  return fs.readFileSync(path.join(ROOT, `functions/pricing/model/breeds/${breed}/model.tar.gz`));
}

function responsesTable(tallies: ReadonlyMap<string, Tally>): string {
  const rows = [...tallies].sort().map(([name, { statuses, ms }]) => {
    const counts = [...statuses]
      .sort()
      .map(([status, times]) => `${status} ${times.toLocaleString("en")} times`);
    return `| ${name} | ${counts.join(", ")} | ${percentile(ms, 0.5).toFixed(1)} | ${percentile(ms, 0.99).toFixed(1)} |`;
  });
  return [
    `${LIGHT} connections took turns at the light endpoints, ${HEAVY} at images and scenes, over both ways in:`,
    "",
    "| | answers | p50, ms | p99, ms |",
    "| --- | --- | ---: | ---: |",
    ...rows,
  ].join("\n");
}
