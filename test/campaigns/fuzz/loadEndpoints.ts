import fs from "node:fs";
import path from "node:path";
import { describeStack } from "../../../bin/lib/openapi/describeStack";
import type { OpenApiDocument } from "../../../bin/lib/openapi/document";
import { syncModel } from "../../../functions/model-sync/syncModel";
import rides from "../../../functions/pricing/model/card.json";
import { objectStore } from "../../../functions/shared/objectStore";
import { urlOutput } from "../../../infra/stackOutputs";
import { callHttp, type EventForm, HTTP_FORMS, type HttpRequest } from "../../helpers/handlers/eventForms";
import { loadHandler } from "../../helpers/handlers/loadHandler";
import { MemoryObjects } from "../../helpers/handlers/memoryObjects";
import { echoModel } from "../../helpers/models/echoModel";
import { npyFile } from "../../helpers/models/npyFile";
import { LocalS3, rootKey } from "../../helpers/services/localS3";

const FUNCTIONS = path.resolve(__dirname, "../../../functions");

/** A request with its response, by which an instance shows that it lives. */
export interface Exchange {
  readonly path: string;
  readonly request: unknown;
  readonly status: number;
  readonly body: string | undefined;
}

/** One endpoint as an instance of Lambda would hold it. */
export interface LoadedEndpoint {
  readonly name: string;
  readonly handler: (event: unknown, context?: { awsRequestId: string }) => Promise<unknown>;
  /** Good requests; inputs are made of them. */
  readonly samples: readonly Exchange[];
}

export interface LoadedStack {
  readonly endpoints: readonly LoadedEndpoint[];
  readonly document: OpenApiDocument;
  close(): Promise<void>;
}

const ENVIRONMENTS: Readonly<Record<string, (volume: string) => Record<string, string>>> = {
  iris: () => ({}),
  "breast-cancer": () => ({}),
  pricing: () => ({ OUTPUT_BUCKET: "bucket", MODEL_PATH: rides.files[0]?.path ?? "" }),
  "open-inference": () => ({ MODEL_BUCKET: "bucket" }),
  "image-validation": (MODEL_VOLUME) => ({
    MODEL_VOLUME,
    MODEL_PATH: "image-validation/model.onnx",
    UPLOAD_BUCKET: "bucket",
  }),
  "smoke-segmentation": () => ({ UPLOAD_BUCKET: "bucket" }),
};

const DATA: Readonly<Record<string, readonly unknown[]>> = { BYTES: ["a", "b"], BOOL: [true, false] };

/** Samples beside the cards', which name what is put into the bucket below. */
const MORE_SAMPLES: Readonly<Record<string, readonly Exchange[]>> = {
  "open-inference": ["FP32", "FP64", "INT64", "BYTES", "BOOL"].map((datatype) => ({
    path: `/v2/models/echo-${datatype.toLowerCase()}/infer`,
    request: {
      id: "1",
      inputs: [{ name: "x", shape: [1, 2], datatype, data: DATA[datatype] ?? [1, 2] }],
    },
    status: 200,
    body: undefined,
  })),
  "image-validation": [
    { path: "/", request: { bucket: "bucket", key: "text.jpg" }, status: 400, body: undefined },
    { path: "/", request: { url: "http://127.0.0.1/a.jpg" }, status: 403, body: undefined },
  ],
  "smoke-segmentation": [
    { path: "/", request: { bucket: "bucket", file_name: "scene.npy" }, status: 200, body: undefined },
    { path: "/uploads", request: { file_name: "a/b.npy", size: 10 }, status: 200, body: undefined },
  ],
};

const ONNX_TYPES = { FP32: "FLOAT", FP64: "DOUBLE", INT64: "INT64", BYTES: "STRING", BOOL: "BOOL" } as const;

/** Loads every endpoint's handler into this process, over a local S3 and a volume of their own in `folder`. */
export async function loadEndpoints(folder: string): Promise<LoadedStack> {
  const s3 = await LocalS3.start();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "ROOT",
    AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
    ORT_DISABLE_TELEMETRY: "1",
  });
  await putObjects();
  const volume = path.join(folder, "volume");
  await fillVolume(volume);
  const endpoints = [];
  for (const [name, environment] of Object.entries(ENVIRONMENTS)) {
    const handler = loadHandler(name, environment(volume));
    const endpoint = { name, handler, samples: [...cardSamples(name), ...(MORE_SAMPLES[name] ?? [])] };
    // Loads what the first request loads, while the environment is this endpoint's.
    for (const sample of endpoint.samples) await respondsWell(endpoint, sample);
    endpoints.push(endpoint);
  }
  return { endpoints, document: await documentOf(endpoints), close: () => s3.stop() };
}

/** @throws Error  A good request is not answered as it should be. */
export async function respondsWell({ name, handler }: LoadedEndpoint, sample: Exchange): Promise<void> {
  const [form] = HTTP_FORMS as [EventForm];
  const { status, body } = await callHttp(handler, form, name, {
    path: sample.path,
    body: JSON.stringify(sample.request),
  });
  if (status !== sample.status || (sample.body !== undefined && body !== sample.body)) {
    throw new Error(`${name} answers the good request after it with ${status} ${body.slice(0, 200)}`);
  }
}

function cardSamples(name: string): Exchange[] {
  const card = JSON.parse(fs.readFileSync(path.join(FUNCTIONS, name, "model/card.json"), "utf8"));
  return (
    card.samples as { path?: string; request: unknown; answer: { status: number; body?: string } }[]
  ).map(({ path: within = "/", request, answer }) => ({
    path: within,
    request,
    status: answer.status,
    body: answer.body,
  }));
}

async function putObjects(): Promise<void> {
  const objects = objectStore("bucket");
  const folder = path.join(FUNCTIONS, "pricing/model");
  for (const { path: key } of rides.files) await objects.put(key, fs.readFileSync(path.join(folder, key)));
  const iris = "models/iris/1/model.onnx";
  await objects.put(iris, fs.readFileSync(path.join(FUNCTIONS, "open-inference/model", iris)));
  for (const [datatype, type] of Object.entries(ONNX_TYPES)) {
    await objects.put(`models/echo-${datatype.toLowerCase()}/1/model.onnx`, echoModel(type));
  }
  await objects.put("scene.npy", npyFile("<f4", [32, 32, 6]));
  await objects.put("text.jpg", Buffer.from("text"));
}

async function fillVolume(volume: string): Promise<void> {
  fs.mkdirSync(volume, { recursive: true });
  const objects = new MemoryObjects();
  const model = fs.readFileSync(path.join(FUNCTIONS, "image-validation/model/model.onnx"));
  objects.putModel("image-validation", { "model.onnx": model });
  await syncModel({ objects, volume, model: "image-validation", deadline: Date.now() + 30_000, graceMs: 0 });
}

/** The document, of what the handlers say over their function URLs. */
function documentOf(endpoints: readonly LoadedEndpoint[]): Promise<OpenApiDocument> {
  const urls = endpoints.map(({ name }) => [urlOutput(name), `https://${name}.on.aws/`] as const);
  const [form] = HTTP_FORMS as [EventForm];
  return describeStack(
    { ...Object.fromEntries(urls), apiUrl: "https://api.amazonaws.com/prod" },
    {
      signs: () => false,
      async get(address) {
        const { hostname, pathname } = new URL(address);
        const endpoint = endpoints.find(({ name }) => hostname === `${name}.on.aws`);
        if (endpoint === undefined) return new Response();
        const request: HttpRequest = { method: "GET", path: pathname };
        const { status, body } = await callHttp(endpoint.handler, form, endpoint.name, request);
        return new Response(body, { status });
      },
    },
  );
}
