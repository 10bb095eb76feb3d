import http from "node:http";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import type { OpenApiDocument } from "../../../bin/lib/openapi/document";
import { urlOutput } from "../../../infra/stackOutputs";
import type { HttpRequest } from "../../helpers/handlers/eventForms";
import type { StartedCloud } from "../startCloud";
import { inputsOf } from "./inputs";
import { brokenPromise } from "./judge";
import type { LoadedEndpoint } from "./loadEndpoints";

/** Statuses that a gateway answers by itself: no such path, not signed as it says, too long. */
const BY_GATEWAY = [403, 413, 414, 431];

/** Methods and headers that HTTP itself does not have. */
const isSendable = ({ method = "", path = "", headers = {} }: HttpRequest) =>
  /^[A-Z]+$/.test(method) && path.startsWith("/") && !Object.hasOwn(headers, "__proto__");

/** Sends an endpoint of a running stack inputs over both ways in. @returns What is broken. */
export async function fuzzOverTheWire(
  { outputs }: StartedCloud,
  document: OpenApiDocument,
  endpoint: LoadedEndpoint,
  { seed, count }: { readonly seed: number; readonly count: number },
  tally: Map<string, number>,
): Promise<string[]> {
  const prefix = endpoint.name === "open-inference" ? "" : `/${endpoint.name}`;
  const addresses = {
    "function URL": String(outputs[urlOutput(endpoint.name)]).replace(/\/$/, ""),
    "REST API": `${outputs.apiUrl}${prefix}`,
  };
  const inputs = inputsOf(endpoint).filter(({ request }) => request !== undefined && isSendable(request));
  const property = fc.asyncProperty(inputs, async (input) => {
    const { request = {}, way } = input;
    if (way !== "function URL" && way !== "REST API") return;
    const response = await send(addresses[way], request);
    const what = `${endpoint.name}, ${way}, over HTTP: ${response.statusCode}`;
    tally.set(what, (tally.get(what) ?? 0) + 1);
    if (BY_GATEWAY.includes(response.statusCode)) return;
    const broken =
      request.method === "HEAD" ? undefined : brokenPromise(document, endpoint.name, input, response);
    if (broken !== undefined) throw new Error(broken);
  });
  const { failed, counterexample, errorInstance } = await fc.check(property, { seed, numRuns: count });
  if (!failed) return [];
  const reason = String((errorInstance as Error | null)?.message ?? errorInstance);
  return [
    `${endpoint.name} over HTTP: ${reason}; input ${JSON.stringify(counterexample?.[0].request)?.slice(0, 300)}`,
  ];
}

async function send(address: string, { method = "POST", path = "/", headers = {}, body }: HttpRequest) {
  const url = new URL(address);
  // By itself Node.js sends the body of a GET without its length, as the next request.
  const sent = { ...headers, "content-length": Buffer.byteLength(body ?? "") };
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const call = http.request(
      { host: url.hostname, port: url.port, method, path: encodeURI(url.pathname + path), headers: sent },
      resolve,
    );
    call.on("error", reject);
    call.end(body);
  });
  return {
    statusCode: response.statusCode ?? 0,
    headers: { "content-type": response.headers["content-type"] ?? "" },
    body: (await buffer(response)).toString(),
  };
}
