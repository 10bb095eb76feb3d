import { chooseVersion } from "../shared/aliases";
import { BadRequest, type HttpError, MethodNotAllowed, NotFound } from "../shared/errors";
import type { Request, Response } from "../shared/events";
import { json } from "../shared/json";
import { MODEL_PATH } from "../shared/modelKeys";
import { cut } from "../shared/shown";
import { infer } from "./infer";
import { readInferRequest } from "./inferRequest";
import { writeInferResponse } from "./inferResponse";
import { modelConfig } from "./modelConfig";
import type { ModelRepository } from "./modelRepository";
import { modelSignature, type TensorSignature } from "./modelSignature";
import { ModelStatistics } from "./modelStatistics";
import type { SendShadow } from "./shadowSender";

/** The server's metadata: https://github.com/kserve/open-inference-protocol */
const SERVER = {
  name: "paddock",
  version: "2",
  extensions: ["binary_tensor_data", "model_repository", "model_configuration", "statistics"],
};

/** Triton rejects both where it manages models by itself, as the bucket's are. */
const LOAD_PATH = /^\/v2\/repository\/models\/[\w.-]{1,128}\/(load|unload)$/;

const STATISTICS = new ModelStatistics();

interface Route {
  readonly methods: readonly ("GET" | "POST")[];
  respond(): Promise<Response> | Response;
}

/**
 * Answers a request of the Open Inference Protocol (KServe's V2) over REST.
 *
 * @throws NotFound, MethodNotAllowed, BadRequest, …  To be written in the protocol's form, `{"error": "…"}`.
 */
export async function protocol(
  request: Request,
  repository: ModelRepository,
  sendShadow?: SendShadow,
): Promise<Response> {
  if (request.form === "direct") {
    throw new BadRequest("The Open Inference Protocol is HTTP: call the function URL or the REST API");
  }
  const { methods, respond } = routeOf(request, repository, sendShadow);
  const method = request.method === "HEAD" ? "GET" : request.method;
  const allowed = methods.flatMap((each) => (each === "GET" ? ["GET", "HEAD"] : [each])).concat("OPTIONS");
  if (method === "OPTIONS") return { status: 204, headers: { allow: allowed.join(", ") }, body: "" };
  if (!methods.some((each) => each === method)) throw new MethodNotAllowed(allowed);
  const response = await respond();
  return request.method === "HEAD" ? { ...response, body: "" } : response;
}

function routeOf(request: Request, repository: ModelRepository, sendShadow?: SendShadow): Route {
  const path = request.path.replace(/(?<=.)\/$/, "");
  const fixed = new Map<string, Route>([
    ["/v2", { methods: ["GET"], respond: () => json(200, SERVER) }],
    ["/v2/health/live", { methods: ["GET"], respond: () => json(200, { live: true }) }],
    ["/v2/health/ready", { methods: ["GET"], respond: () => json(200, { ready: true }) }],
    ["/v2/models/stats", { methods: ["GET"], respond: () => allStatistics(repository) }],
    ["/v2/repository/index", { methods: ["POST"], respond: () => index(repository) }],
  ]);
  const route = fixed.get(path);
  if (route !== undefined) return route;

  if (LOAD_PATH.test(path)) {
    const respond = () => {
      throw new BadRequest("explicit model load / unload is not allowed if polling is enabled");
    };
    return { methods: ["POST"], respond };
  }
  const { name, version, rest } = MODEL_PATH.exec(path)?.groups ?? {};
  if (name === undefined) {
    throw new NotFound(`No path ${cut(path)} here; models are at /v2/models/{name}, see GET /`);
  }
  switch (rest) {
    case "/ready":
      return { methods: ["GET"], respond: () => ready(request, repository, name, version) };
    case "/config":
      return { methods: ["GET"], respond: () => config(request, repository, name, version) };
    case "/stats":
      return { methods: ["GET"], respond: () => modelStatistics(repository, name, version) };
    case "/infer":
      return {
        methods: ["POST"],
        respond: () => respondToInference(request, repository, name, version, sendShadow),
      };
    default:
      return { methods: ["GET"], respond: () => metadata(request, repository, name, version) };
  }
}

async function index(repository: ModelRepository): Promise<Response> {
  const entries = await repository.index();
  return json(
    200,
    entries.map(({ name, version, reason }) => ({
      name,
      version,
      state: reason === undefined ? "READY" : "UNAVAILABLE",
      reason,
    })),
  );
}

/**
 * Chooses the version that the request names, otherwise one by the model's aliases, otherwise the newest.
 *
 * @param headers  Decide on the share of a canary. @default the live version
 */
async function choose(
  repository: ModelRepository,
  name: string,
  version: string | undefined,
  headers?: Request["headers"],
): Promise<{ versions: readonly string[]; chosen: string; shadow?: string | undefined }> {
  // Asked for together: each is a request to S3. A model that is not there is the first thing to say.
  const following = version === undefined ? repository.aliases(name) : Promise.resolve(undefined);
  following.catch(() => undefined);
  const versions = await repository.versions(name, version);
  if (version !== undefined) return { versions, chosen: known(version, name, versions) };
  const aliases = await following;
  if (aliases === undefined) return { versions, chosen: known(versions[0], name, versions) };
  const chosen = headers === undefined ? aliases.live : chooseVersion(name, aliases, headers);
  // It may have been uploaded since the bucket was listed.
  const newer = versions.includes(chosen) ? versions : await repository.versions(name, chosen);
  const why = ", which its aliases.json names";
  return { versions: newer, chosen: known(chosen, name, newer, why), shadow: aliases.shadow };
}

function known(version: string | undefined, name: string, versions: readonly string[], why = ""): string {
  if (version !== undefined && versions.includes(version)) return version;
  throw new NotFound(`The model ${name} has no version ${version}${why}; there is ${versions.join(", ")}`);
}

async function config(
  { fields }: Request,
  repository: ModelRepository,
  name: string,
  version: string | undefined,
): Promise<Response> {
  const { chosen } = await choose(repository, name, version);
  return json(200, modelConfig(name, chosen, await repository.use(name, chosen, fields, modelSignature)));
}

async function modelStatistics(
  repository: ModelRepository,
  name: string,
  version: string | undefined,
): Promise<Response> {
  const versions = await repository.versions(name, version);
  const asked = version === undefined ? [...versions].reverse() : [known(version, name, versions)];
  return json(200, { model_stats: asked.map((each) => STATISTICS.describe(name, each)) });
}

async function allStatistics(repository: ModelRepository): Promise<Response> {
  const entries = await repository.index();
  return json(200, { model_stats: entries.map(({ name, version }) => STATISTICS.describe(name, version)) });
}

async function metadata(
  { fields }: Request,
  repository: ModelRepository,
  name: string,
  version: string | undefined,
): Promise<Response> {
  const { versions, chosen } = await choose(repository, name, version);
  const { inputs, outputs } = await repository.use(name, chosen, fields, modelSignature);
  return json(200, {
    name,
    versions: [...versions].reverse(),
    platform: "onnxruntime_onnx",
    inputs: inputs.map(describeTensor),
    outputs: outputs.map(describeTensor),
  });
}

/** The protocol has no word for a tensor of any number of axes. */
function describeTensor({ name, datatype, shape = [-1] }: TensorSignature) {
  return { name, datatype, shape };
}

async function ready(
  { fields }: Request,
  repository: ModelRepository,
  name: string,
  version: string | undefined,
): Promise<Response> {
  const { chosen } = await choose(repository, name, version);
  await repository.use(name, chosen, fields, modelSignature);
  return json(200, { name, ready: true });
}

async function respondToInference(
  request: Request,
  repository: ModelRepository,
  name: string,
  version: string | undefined,
  sendShadow: SendShadow | undefined,
): Promise<Response> {
  const started = performance.now();
  const { request: inference, binary } = readInferRequest(request);
  const { chosen, shadow } = await choose(repository, name, version, request.headers);
  request.fields.modelVersion = chosen;
  if (shadow !== undefined) sendShadow?.(request, { model: name, version: chosen, shadow });
  try {
    const read = performance.now();
    let leased = read;
    const outputs = await repository.use(name, chosen, request.fields, (session, facts) => {
      leased = performance.now();
      return infer(session, facts, inference, binary);
    });
    const inferred = performance.now();
    const response = writeInferResponse({ model: name, version: chosen, request: inference, outputs });
    STATISTICS.succeeded(name, chosen, {
      input: read - started,
      queue: leased - read,
      infer: inferred - leased,
      output: performance.now() - inferred,
    });
    return response;
  } catch (error) {
    STATISTICS.failed(name, chosen, performance.now() - started);
    throw error;
  }
}

/** A rejection in the protocol's form. */
export function protocolRejection(error: HttpError): Response {
  return json(error.status, { error: error.message });
}
