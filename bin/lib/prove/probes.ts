import fs from "node:fs";
import path from "node:path";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { urlOutput } from "../../../infra/stackOutputs";
import { endpointCards } from "../endpointCards";
import { at, type ProbeRequest, type ProbeResponse, type ProvenStack, send } from "./provenStack";

const ROOT = path.resolve(__dirname, "../../..");
const MODEL = "functions/open-inference/model/models/iris/1/model.onnx";
const SCENE = "functions/smoke-segmentation/samples/smoke.npy";

/** A request by name, and its response. */
export type Probe = readonly [name: string, response: ProbeResponse];

/** Sends every request of a run, one after another: the same ones in every place. */
export async function* probes(stack: ProvenStack): AsyncGenerator<Probe> {
  yield* contract(stack);
  yield* mistakes(stack);
  yield* openInference(stack);
  yield* uploads(stack);
  yield* signedRequests(stack);
  yield* events(stack);
  yield* invocations(stack);
}

/** The samples of every card, over both ways in, and each endpoint's description. */
async function* contract({ open, access }: ProvenStack): AsyncGenerator<Probe> {
  for (const { name, samples } of endpointCards()) {
    for (const [way, base] of waysIn(open, name)) {
      for (const [index, { path: within = "/", request }] of samples.entries()) {
        const address = `${base}${within === "/" ? "" : within}`;
        yield [`${name}, sample ${index}, ${way}`, await send(address, json(request), access)];
      }
      yield [`${name}, GET, ${way}`, await send(name === "open-inference" ? `${base}/v2` : base, {}, access)];
    }
  }
}

/** Mistakes of callers, and requests of browsers. */
async function* mistakes({ open, access }: ProvenStack): AsyncGenerator<Probe> {
  const requests: readonly (readonly [string, ProbeRequest])[] = [
    ["a DELETE", { method: "DELETE" }],
    ["no body", { method: "POST" }],
    ["a body that is not JSON", { method: "POST", body: "{" }],
    ["a body that is not UTF-8", { method: "POST", body: Uint8Array.of(0x7b, 0xff, 0x7d) }],
    ["a form", { method: "POST", body: new URLSearchParams({ sl: "1" }).toString() }],
    ["a body of 7 MB", { method: "POST", body: JSON.stringify({ sl: "1".repeat(7 * 1024 * 1024) }) }],
    ["a body of 11 MB", { method: "POST", body: JSON.stringify({ sl: "1".repeat(11 * 1024 * 1024) }) }],
    [
      "a preflight",
      {
        method: "OPTIONS",
        headers: { origin: "https://example.com", "access-control-request-method": "POST" },
      },
    ],
    [
      "a request of a page",
      { ...json({ sl: 6.9, sw: 3.1, pl: 5.1, pw: 2.3 }), headers: { origin: "https://example.com" } },
    ],
  ];
  for (const [way, base] of waysIn(open, "iris")) {
    for (const [what, request] of requests)
      yield [`iris, ${what}, ${way}`, await send(base, request, access)];
    yield [`iris, an unknown path, ${way}`, await send(`${base}/unknown/path`, {}, access)];
  }
  yield ["API, a path without a resource", await send(at(open, "apiUrl", "/unknown"), {}, access)];
}

/** A V2 client's calls, and a model that is pushed, replaced and broken. */
async function* openInference({ open, access }: ProvenStack): AsyncGenerator<Probe> {
  const input = endpointCards().find(({ name }) => name === "open-inference")?.samples[0]?.request ?? {};
  const client = new S3Client(access);
  const put = (key: string, content: Uint8Array) =>
    client.send(new PutObjectCommand({ Bucket: String(open.modelBucket), Key: key, Body: content }));
  const model = fs.readFileSync(path.join(ROOT, MODEL));
  for (const [way, base] of waysIn(open, "open-inference")) {
    const name = way === "function URL" ? "proven-url" : "proven-api";
    const ask = (within: string, request: ProbeRequest = {}) => send(`${base}/v2${within}`, request, access);
    for (const within of ["", "/health/live", "/health/ready", "/models/iris", "/models/iris/ready"]) {
      yield [`open-inference, GET /v2${within}, ${way}`, await ask(within)];
    }
    yield [`open-inference, index, ${way}`, await ask("/repository/index", { method: "POST", body: "{}" })];
    yield [`open-inference, binary output, ${way}`, await ask("/models/iris/infer", json(asBinary(input)))];
    yield [`open-inference, a model that is not there, ${way}`, await ask(`/models/${name}`)];
    await put(`models/${name}/1/model.onnx`, model);
    yield [`open-inference, a pushed model, ${way}`, await ask(`/models/${name}/infer`, json(input))];
    await put(`models/${name}/2/model.onnx`, model);
    yield [`open-inference, a new version, ${way}`, await ask(`/models/${name}/infer`, json(input))];
    await put(`models/${name}/3/model.onnx`, Buffer.from("broken"));
    yield [`open-inference, a broken version, ${way}`, await ask(`/models/${name}/versions/3`)];
  }
  client.destroy();
}

/** A scene by a presigned upload, what S3 says to others' uploads, and the volume's model. */
async function* uploads({ open, access }: ProvenStack): AsyncGenerator<Probe> {
  const scene = fs.readFileSync(path.join(ROOT, SCENE));
  for (const [way, base] of waysIn(open, "smoke-segmentation")) {
    const file_name = `proven/${way.replace(" ", "-")}.npy`;
    const upload = await send(`${base}/uploads`, json({ file_name, size: scene.length }), access);
    yield [`smoke-segmentation, an upload's URL, ${way}`, upload];
    const { url } = JSON.parse(upload.body) as { readonly url: string };
    const put = (body: Uint8Array, address = url) => send(address, { method: "PUT", body }, access);
    yield [`S3, an upload of another length, ${way}`, await put(scene.subarray(1))];
    yield [`S3, an upload to another key, ${way}`, await put(scene, url.replace("proven/", "other/"))];
    yield [`S3, an upload, ${way}`, await put(scene)];
    yield [
      `smoke-segmentation, an uploaded scene, ${way}`,
      await send(base, json({ bucket: open.uploadBucket, file_name }), access),
    ];
    yield [
      `smoke-segmentation, another bucket, ${way}`,
      await send(base, json({ bucket: "another-bucket", file_name }), access),
    ];
  }
  const client = new S3Client(access);
  const missing = new GetObjectCommand({ Bucket: String(open.modelBucket), Key: "models/none" });
  yield ["S3, a key that is not there", await send(await getSignedUrl(client, missing), {}, access)];
  client.destroy();
}

/** Endpoints that take signed requests only. */
async function* signedRequests({ signed, access }: ProvenStack): AsyncGenerator<Probe> {
  const request = json({ sl: 6.9, sw: 3.1, pl: 5.1, pw: 2.3 });
  for (const [way, base] of waysIn(signed, "iris")) {
    const signedFor = way === "function URL" ? "lambda" : "execute-api";
    yield [`signed iris, no signature, ${way}`, await send(base, request, access)];
    yield [`signed iris, a signature, ${way}`, await send(base, { ...request, signedFor }, access)];
    const other = signedFor === "lambda" ? "execute-api" : "lambda";
    yield [
      `signed iris, a signature for another service, ${way}`,
      await send(base, { ...request, signedFor: other }, access),
    ];
    const stranger = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "none" };
    yield [
      `signed iris, a key of nobody, ${way}`,
      await send(base, { ...request, signedFor }, { ...access, credentials: stranger }),
    ];
  }
}

/** Events as a handler sees them. */
async function* events({ echo, access }: ProvenStack): AsyncGenerator<Probe> {
  const requests: readonly (readonly [string, string, ProbeRequest])[] = [
    ["a query", "/a/b?x=1&x=2&y=%C3%A4+b&__proto__=p&empty", {}],
    ["an encoded path", "/a%2Fb/%C3%A4//c", {}],
    [
      "headers",
      "/a",
      {
        headers: {
          "X-Twice": "1, 2",
          Cookie: "a=1; b=2",
          "X-Amzn-Trace-Id": "Root=1-5759e988-bd862e3fe1be46a994272793",
          "X-Forwarded-For": "192.0.2.1",
        },
      },
    ],
    ["JSON", "/a", json({ a: "ä" })],
    ["text", "/a", { method: "POST", body: "text", headers: { "content-type": "text/plain" } }],
    [
      "a form",
      "/a",
      { method: "POST", body: "a=1", headers: { "content-type": "application/x-www-form-urlencoded" } },
    ],
    [
      "bytes",
      "/a",
      {
        method: "PUT",
        body: Uint8Array.of(0, 255, 1),
        headers: { "content-type": "application/octet-stream" },
      },
    ],
    ["no content type", "/a", { method: "POST", body: Uint8Array.of(97) }],
  ];
  for (const [way, base] of [
    ["function URL", at(echo, "echoUrl")],
    ["REST API", at(echo, "echoApiUrl")],
  ]) {
    for (const [what, within, request] of requests) {
      yield [`event of ${what}, ${way}`, await send(`${base}${within}`, request, access)];
    }
  }
}

/** Direct invocations. */
async function* invocations(stack: ProvenStack): AsyncGenerator<Probe> {
  const { open } = stack;
  const names = open.functionNames as Readonly<Record<string, string>>;
  for (const { name, samples } of endpointCards()) {
    if (name === "open-inference" || samples[0]?.path !== undefined) continue;
    yield [`${name}, invoked`, await invoke(stack, names[name] ?? name, JSON.stringify(samples[0]?.request))];
  }
  const iris = names.iris ?? "iris";
  yield ["iris, invoked with a payload that is not JSON", await invoke(stack, iris, "{")];
  yield [
    "iris, invoked asynchronously",
    await invoke(stack, iris, "{}", { "x-amz-invocation-type": "Event" }),
  ];
  yield ["iris, a dry run", await invoke(stack, iris, "{}", { "x-amz-invocation-type": "DryRun" })];
  yield ["a function that is not there", await invoke(stack, "not-there", "{}")];
}

/** Invokes a function by the Lambda API. */
export function invoke(
  { lambdaEndpoint, access }: Pick<ProvenStack, "lambdaEndpoint" | "access">,
  name: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<ProbeResponse> {
  const url = `${lambdaEndpoint}/2015-03-31/functions/${name}/invocations`;
  return send(url, { method: "POST", body, headers, signedFor: "lambda" }, access);
}

/** The addresses of an endpoint. */
function waysIn(outputs: ProvenStack["open"], name: string): (readonly [way: string, base: string])[] {
  return [
    ["function URL", at(outputs, urlOutput(name))],
    // The protocol's own paths are the endpoint's: it has no resource of its name.
    ["REST API", at(outputs, "apiUrl", name === "open-inference" ? "" : `/${name}`)],
  ];
}

function json(request: unknown): ProbeRequest {
  return {
    method: "POST",
    body: JSON.stringify(request),
    headers: { "content-type": "application/json" },
  };
}

/** The same V2 request, whose outputs are to come as bytes. */
function asBinary(request: Readonly<Record<string, unknown>>) {
  return { ...request, parameters: { binary_data_output: true } };
}
