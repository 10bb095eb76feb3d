import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import card from "../../functions/iris/model/card.json";
import { startCloud } from "../../test/campaigns/startCloud";
import { freePorts } from "../../test/helpers/cloud/freePorts";
import type { BenchmarkContext, Variant } from "./benchmark";
import { type Load, LoadGenerator } from "./load";
import { type Server, serverProcess } from "./serverProcess";

const ROOT = path.resolve(__dirname, "../..");
const PEERS = path.join(ROOT, "bench/peers");
const [SAMPLE] = card.samples;
const START_MS = 60_000;
const END_MS = 10_000;
/** Requests before the first round: V8 compiles what is called often in three steps. */
const WARM_UP = 3_000;

/** The names of the variants. */
export const [PADDOCK, BARE, BENTOML, LITSERVE, FASTAPI] = [
  "paddock, npm start",
  "bare loop, two processes",
  "BentoML",
  "LitServe",
  "FastAPI and ONNX Runtime, in one process",
] as const;

/** Paragraph for the method of each benchmark over HTTP. */
export const ABOUT = `The model and the first sample of \`functions/iris\`, one worker process each, on the loopback, without
signatures; 3,000 requests before. paddock is \`npm start -- --max-instances 1\`: the gateway, IAM, the Runtime API, logs, metrics
and the page's list of requests are on each request's way, and the function runs in a process of its own, by ONNX Runtime,
as \`index.ts\` declares it. The bare loop has as many hops and a handler that does nothing: the most that this isolation allows
on \`node:http\`. BentoML and LitServe hand a request to a worker, and FastAPI runs ONNX Runtime in the server's own process:
nothing isolates a request from the server there. ONNX Runtime has one thread in each. The load generator writes
prepared bytes from the process of the benchmark and reads the responses' lengths only.`;

interface LoadOptions {
  readonly connections: number;
  readonly requests: number;
  /** Takes a round's samples. */
  samples(load: Load): readonly number[];
}

/** Servers of the iris model; those in Python only where there is one. */
export function irisServers({ folder, python }: BenchmarkContext, options: LoadOptions): Variant[] {
  const variant = (name: string, start: () => Promise<Server>): Variant => ({
    name,
    start: async () => measured(await start(), options),
  });
  const servers = [
    variant(PADDOCK, () => paddock(folder)),
    variant(BARE, async () => {
      const { address, close } = await serverProcess(path.join(__dirname, "bareLoop.ts"));
      return { address: `${address}/`, close };
    }),
  ];
  if (python === undefined) return servers;
  const module = (...args: string[]) => ["-m", ...args];
  return [
    ...servers,
    variant(BENTOML, () =>
      peer(python, (port) =>
        module("bentoml", "serve", "bentoml_iris:Iris", "--host", "127.0.0.1", "--port", port),
      ),
    ),
    variant(LITSERVE, () => peer(python, (port) => ["litserve_iris.py", port], "/iris")),
    variant(FASTAPI, () =>
      peer(python, (port) => module("uvicorn", "fastapi_iris:app", "--port", port, "--log-level", "warning")),
    ),
  ];
}

async function measured({ address, close }: Server, { connections, requests, samples }: LoadOptions) {
  const body = JSON.stringify(SAMPLE?.request);
  const send = async (count: number) => {
    // For each round: uvicorn closes connections that idle while others take their turn.
    const load = await LoadGenerator.connect({ address, body }, connections);
    try {
      return await load.send(count);
    } finally {
      load.close();
    }
  };
  await send(WARM_UP);
  return { round: async () => samples(await send(requests)), close };
}

async function paddock(folder: string): Promise<Server> {
  const cloud = await startCloud(folder, ["--max-instances", "1"]);
  return { address: String(cloud.outputs.irisUrl), close: async () => void (await cloud.end()) };
}

/** Starts a server in Python, and waits until it answers. */
async function peer(python: string, args: (port: string) => string[], route = "/"): Promise<Server> {
  const port = await freePorts();
  const child = spawn(python, args(String(port)), {
    cwd: PEERS,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      MODEL_FILE: path.join(ROOT, "functions/iris/model/model.onnx"),
      BENTOML_DO_NOT_TRACK: "True",
    },
    stdio: "ignore",
    // A process group of its own: workers end with it.
    detached: true,
  });
  const address = `http://127.0.0.1:${port}${route}`;
  const close = async () => {
    if (child.exitCode !== null || child.pid === undefined) return;
    // Asked first: BentoML's worker is in a session of its own, and ends with a server that ends itself.
    process.kill(-child.pid, "SIGTERM");
    const killing = setTimeout(() => process.kill(-(child.pid ?? 0), "SIGKILL"), END_MS);
    await once(child, "exit");
    clearTimeout(killing);
  };
  for (const started = performance.now(); !(await answers(address)); await sleep(200)) {
    if (child.exitCode === null && performance.now() - started < START_MS) continue;
    await close();
    throw new Error(`${args("PORT").join(" ")} does not answer`);
  }
  return { address, close };
}

async function answers(address: string): Promise<boolean> {
  const init = { method: "POST", headers: { "content-type": "application/json" } };
  const body = JSON.stringify(SAMPLE?.request);
  const response = await fetch(address, { ...init, body, signal: AbortSignal.timeout(5_000) }).catch(
    () => undefined,
  );
  return response?.ok === true && (await response.text()).includes(String(SAMPLE?.answer.body));
}
