import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import v8 from "node:v8";
import vm from "node:vm";
import { syncModel } from "../../functions/model-sync/syncModel";
import { objectStore } from "../../functions/shared/objectStore";
import { callHttp, HTTP_FORMS, type HttpRequest } from "../helpers/handlers/eventForms";
import { loadHandler } from "../helpers/handlers/loadHandler";
import { MemoryObjects } from "../helpers/handlers/memoryObjects";
import { npyFile } from "../helpers/models/npyFile";
import { scaleModel } from "../helpers/models/scaleModel";
import { temporaryFolder } from "../helpers/process/temporaryFolder";
import { useLocalS3 } from "../helpers/services/useLocalS3";

const FUNCTIONS = path.resolve(__dirname, "../../functions");
const REQUESTS = 2_000;
/** Requests before those, by which caches are full. */
const WARM_UP = 100;

/** Sockets that the S3 client and the local S3 keep open for the next request. */
const KEPT_ALIVE = 8;

const post = (body: unknown, path = "/"): HttpRequest => ({ path, body: JSON.stringify(body) });
const sampleOf = (endpoint: string) => {
  const card = JSON.parse(fs.readFileSync(path.join(FUNCTIONS, endpoint, "model/card.json"), "utf8"));
  return card.samples[0].request as object;
};

interface EndpointCase {
  readonly environment?: Record<string, string>;
  /** Requests that take turns, with their statuses. */
  readonly requests: readonly (readonly [HttpRequest, number])[];
  /** Requests that take too long to be sent more than once. */
  readonly once?: readonly (readonly [HttpRequest, number])[];
}

/** Gives the numbers of this process's open files. */
const openFiles = () => fs.readdirSync("/proc/self/fd").length;

v8.setFlagsFromString("--expose-gc");
const collectGarbage: () => void = vm.runInNewContext("gc");

/** Gives the MB that this process still refers to in V8's heap and in buffers. */
function liveMemory(): number {
  // What finalizers let go of goes with the second collection.
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024 / 1024;
}

/** MB that the caches of Node.js and the SDK, and the compiled code, vary by. */
const VARIES = 4;

// Other systems do not list a process's open files as a folder.
const onLinux = process.platform === "linux" ? describe : () => {};

onLinux("Open files and live memory", () => {
  useLocalS3();
  const volume = temporaryFolder();
  const scale = { inputs: [{ name: "x", shape: [1], datatype: "FP32", data: [3] }] };
  const ride = sampleOf("pricing");

  const ENDPOINTS: Readonly<Record<string, EndpointCase>> = {
    iris: {
      requests: [
        [post(sampleOf("iris")), 200],
        [post({}), 400],
        [{ method: "GET" }, 200],
      ],
    },
    "breast-cancer": {
      requests: [
        [post(sampleOf("breast-cancer")), 200],
        [post({}), 400],
      ],
    },
    pricing: {
      environment: {
        OUTPUT_BUCKET: "bucket",
        MODEL_PATH: "breeds/arabian/model.tar.gz",
        MODEL_CHECK_SECONDS: "0",
      },
      requests: [
        [post(ride), 200],
        [post({ ...ride, breed: "none" }), 404],
        [post({ ...ride, breed: "/" }), 400],
      ],
    },
    "open-inference": {
      environment: { MODEL_BUCKET: "bucket", MODEL_CHECK_SECONDS: "0" },
      requests: [
        [post(scale, "/v2/models/scale/infer"), 200],
        [post(scale, "/v2/models/none/infer"), 404],
        [post({}, "/v2/models/scale/infer"), 400],
        [post({}, "/v2/repository/index"), 200],
        [post({}, "/v3"), 404],
      ],
    },
    "image-validation": {
      environment: {
        MODEL_VOLUME: volume,
        MODEL_PATH: "image-validation/model.onnx",
        MODEL_CHECK_SECONDS: "0",
        UPLOAD_BUCKET: "bucket",
      },
      requests: [
        [post({ bucket: "bucket", key: "none.jpg" }), 404],
        [post({ bucket: "other", key: "none.jpg" }), 403],
        [post({ bucket: "bucket", key: "text.jpg" }), 400],
        [post({ image: Buffer.from("text").toString("base64") }), 400],
        [post({ url: "http://127.0.0.1/" }), 403],
      ],
      once: [[post({ bucket: "bucket", key: "horse.jpg" }), 200]],
    },
    "smoke-segmentation": {
      environment: { UPLOAD_BUCKET: "bucket" },
      requests: [
        [post({ bucket: "bucket", file_name: "scene.npy" }), 200],
        [post({ bucket: "bucket", file_name: "none.npy" }), 404],
        [post({ bucket: "other", file_name: "none.npy" }), 403],
        [post({ bucket: "bucket", file_name: "text.jpg" }), 400],
        [post({ file_name: "scene.npy", size: 10 }, "/uploads"), 200],
      ],
    },
  };

  before(async () => {
    const objects = objectStore("bucket");
    const breed = path.join(FUNCTIONS, "pricing/model/breeds/arabian/model.tar.gz");
    await objects.put("breeds/arabian/model.tar.gz", fs.readFileSync(breed));
    await objects.put("models/scale/1/model.onnx", scaleModel(2));
    await objects.put("scene.npy", npyFile("<f4", [32, 32, 6]));
    await objects.put("text.jpg", Buffer.from("text"));
    await objects.put("horse.jpg", fs.readFileSync(path.resolve(__dirname, "../fixtures/images/horse.jpg")));

    const model = new MemoryObjects();
    const file = path.join(FUNCTIONS, "image-validation/model/model.onnx");
    model.putModel("image-validation", { "model.onnx": fs.readFileSync(file) });
    const deadline = Date.now() + 30_000;
    await syncModel({ objects: model, volume, model: "image-validation", deadline, graceMs: 0 });
  });

  it("are counted for every endpoint", () => {
    const endpoints = fs
      .readdirSync(FUNCTIONS)
      .filter((name) => fs.existsSync(path.join(FUNCTIONS, name, "input.ts")) || name === "open-inference");
    assert.deepEqual(Object.keys(ENDPOINTS).sort(), endpoints.sort());
  });

  for (const [endpoint, { environment = {}, requests, once = [] }] of Object.entries(ENDPOINTS)) {
    it(`do not grow over ${REQUESTS} requests to ${endpoint}`, async () => {
      const handler = loadHandler(endpoint, environment);
      const [form] = HTTP_FORMS;
      assert.ok(form);
      const send = async ([request, expected]: readonly [HttpRequest, number]) => {
        const { status, body } = await callHttp(handler, form, endpoint, request);
        assert.equal(
          status,
          expected,
          `${JSON.stringify(request).slice(0, 200)} answers ${body.slice(0, 200)}`,
        );
      };
      const sendInTurns = async (count: number) => {
        for (let i = 0; i < count; i++) await send(requests[i % requests.length] ?? assert.fail());
      };
      for (const exchange of once) await send(exchange);
      await sendInTurns(WARM_UP);
      const before = { files: openFiles(), memory: liveMemory() };
      await sendInTurns(REQUESTS);
      const files = openFiles() - before.files;
      assert.ok(files <= KEPT_ALIVE, `${files} more open files after ${REQUESTS} requests`);
      const memory = liveMemory() - before.memory;
      assert.ok(memory <= VARIES, `${memory.toFixed(1)} MB more live memory after ${REQUESTS} requests`);
    });
  }
});
