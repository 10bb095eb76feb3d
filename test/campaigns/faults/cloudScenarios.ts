import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { LocalCloud } from "@paddock/local/cli";
import { type FaultSpec, Faults } from "@paddock/local/cloud";
import images from "../../../functions/image-validation/model/card.json";
import flowers from "../../../functions/iris/model/card.json";
import rides from "../../../functions/pricing/model/card.json";
import { urlOutput } from "../../../infra/stackOutputs";
import { freePorts } from "../../helpers/cloud/freePorts";
import { hold, Responses, type Scenario } from "./scenario";

const ROOT = path.resolve(__dirname, "../../..");

/** Requests of one scenario, half of them over each way in. */
const REQUESTS = 16;

/** Seconds of every function, so that one that hangs is soon stopped. */
const TIMEOUT = 4;

interface CloudScenario {
  readonly fault: string;
  readonly specs: readonly FaultSpec[];
  /** The request number `turn`. */
  readonly request: (turn: number) => { readonly endpoint: string; readonly body: unknown };
  /** Statuses that the caller may get. */
  readonly statuses: readonly number[];
  readonly requests?: number;
  /** Whether no request works while the fault is there: the stack is then started without it. */
  readonly isLasting?: true;
}

const sampleOf = ({ samples }: { samples: readonly { request: unknown }[] }) => samples[0]?.request;

/** A breed that was not asked for before: its model is fetched. */
const newBreed = (turn: number) => ({
  endpoint: "pricing",
  body: { ...rides.samples[0]?.request, breed: `fault-${turn}` },
});
const scene = () => ({ endpoint: "smoke-segmentation", body: { bucket: "uploads", file_name: "fault.npy" } });
const flower = () => ({ endpoint: "iris", body: sampleOf(flowers) });
const image = () => ({ endpoint: "image-validation", body: sampleOf(images) });
const spec = (service: FaultSpec["service"], kind: string, amount: number): FaultSpec => ({
  service,
  kind,
  amount,
});

const CASES: readonly CloudScenario[] = [
  {
    fault: "S3 answers after half a second",
    specs: [spec("s3", "slow", 500)],
    request: newBreed,
    statuses: [200],
  },
  {
    fault: "S3 fails, four times of five",
    specs: [spec("s3", "fail", 0.8)],
    request: newBreed,
    statuses: [200, 503],
  },
  {
    fault: "S3 cuts the connection in the middle of a model, every other time",
    specs: [spec("s3", "cut", 0.5)],
    request: newBreed,
    statuses: [200, 503],
  },
  {
    fault: "S3 cuts the connection in the middle of a scene, every other time",
    specs: [spec("s3", "cut", 0.5)],
    request: scene,
    statuses: [200, 502],
  },
  {
    fault: "the function's process is killed",
    specs: [spec("lambda", "kill", 0.4)],
    request: flower,
    statuses: [200, 502],
  },
  {
    fault: "the function is out of memory",
    specs: [spec("lambda", "oom", 0.4)],
    request: flower,
    statuses: [200, 502],
  },
  {
    fault: "the function is stuck until its timeout",
    specs: [spec("lambda", "hang", 0.3)],
    request: flower,
    statuses: [200, 502, 504],
    requests: 8,
  },
  {
    fault: "Lambda throttles",
    specs: [spec("lambda", "throttle", 0.4)],
    request: flower,
    statuses: [200, 429, 500],
  },
  {
    fault: "the volume is missing",
    specs: [spec("volume", "missing", 1)],
    request: image,
    statuses: [500, 502],
    requests: 6,
    isLasting: true,
  },
  {
    fault: "the volume is read-only",
    specs: [spec("volume", "readonly", 1)],
    request: image,
    statuses: [200],
    requests: 6,
  },
  {
    fault: "the volume is full",
    specs: [spec("volume", "full", 1)],
    request: image,
    statuses: [200],
    requests: 6,
  },
];

/** @param seed  What the faults are drawn by. */
export function cloudScenarios(seed: number): Scenario[] {
  return CASES.map((each) => ({ fault: each.fault, run: () => tryCloud(each, seed) }));
}

async function tryCloud(each: CloudScenario, seed: number) {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "paddock-faults-"));
  let times = 0;
  const faults = new Faults({ specs: each.specs, seed, onFault: () => times++ });
  let cloud = await start(dataDir, faults);
  try {
    // What is there before is no part of what is tried.
    faults.suspend();
    await fill(cloud);
    faults.resume();
    const responses = new Responses();
    let worked = 0;
    let last = 0;
    for (let turn = 0; turn < (each.requests ?? REQUESTS); turn++) {
      last = await ask(cloud, each, turn);
      hold(each.statuses.includes(last), `the caller gets ${last}`);
      responses.add(String(last));
      if (last === 200) worked++;
    }
    if (each.isLasting) {
      await cloud.close();
      cloud = await start(dataDir);
      last = await ask(cloud, each, 0);
      hold(last === 200, `without the fault the next request gets ${last}`);
    } else {
      for (let turn = 0; last !== 200 && turn < 40; turn++) last = await ask(cloud, each, 0);
      hold(last === 200 && worked > 0, `no request works any more: the last one gets ${last}`);
    }
    return {
      gets: responses.text,
      next: each.isLasting ? "200, once the volume is there" : "200, tried again",
      whole: await checkObjects(cloud),
      times: times || (each.requests ?? REQUESTS),
    };
  } finally {
    await cloud.close();
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

async function start(dataDir: string, faults?: Faults): Promise<LocalCloud> {
  return LocalCloud.start({
    projectDir: ROOT,
    stack: "dev",
    basePort: await freePorts(),
    dataDir,
    config: { timeout: String(TIMEOUT) },
    onLog: () => {},
    onPrint: () => {},
    ...(faults && { faults }),
  });
}

async function ask({ outputs }: LocalCloud, { request }: CloudScenario, turn: number): Promise<number> {
  const { endpoint, body } = request(turn);
  const url = turn % 2 === 0 ? String(outputs[urlOutput(endpoint)]) : `${outputs.apiUrl}/${endpoint}`;
  const named = JSON.stringify(body).replace('"bucket":"uploads"', `"bucket":"${outputs.uploadBucket}"`);
  const response = await fetch(url, { method: "POST", body: named });
  await response.arrayBuffer();
  return response.status;
}

const archive = () => fs.readFileSync(path.join(ROOT, "functions/pricing/model/breeds/arabian/model.tar.gz"));
const sceneFile = () => fs.readFileSync(path.join(ROOT, "functions/smoke-segmentation/samples/smoke.npy"));

function clientOf(cloud: LocalCloud): S3Client {
  const { outputs, region, rootKey: credentials } = cloud;
  return new S3Client({ endpoint: String(outputs.s3Endpoint), region, credentials });
}

async function fill(cloud: LocalCloud): Promise<void> {
  const client = clientOf(cloud);
  const Bucket = String(cloud.outputs.modelBucket);
  for (let turn = 0; turn < REQUESTS; turn++) {
    await client.send(
      new PutObjectCommand({ Bucket, Key: `breeds/fault-${turn}/model.tar.gz`, Body: archive() }),
    );
  }
  await client.send(
    new PutObjectCommand({ Bucket: String(cloud.outputs.uploadBucket), Key: "fault.npy", Body: sceneFile() }),
  );
  client.destroy();
}

/** Looks at what is stored: objects that were sent whole are there whole, and there is nothing else. */
async function checkObjects({ dataDir }: LocalCloud): Promise<string> {
  const files = fs.readdirSync(dataDir, { recursive: true, encoding: "utf8" });
  const partial = files.filter((file) => /\.(tmp|partial)$|(^|\/)partial\/./.test(file));
  hold(partial.length === 0, `there is left ${partial.join(", ")}`);
  return "no partial file on the disk";
}
