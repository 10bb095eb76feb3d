import fs from "node:fs";
import path from "node:path";
import type { EndpointCaller } from "../../bin/lib/endpointCaller";
import type { Card } from "../../functions/shared/card";
import { PROJECT_ROOT } from "../../infra/packaging/paths";

/** A request to an endpoint: a `POST` of JSON. */
export interface SampleRequest {
  /** Below the endpoint's address, with a `/` at the front. */
  readonly path: string;
  readonly body: string;
}

/**
 * Sends a sample of an endpoint's card once, and uploads its file where it has one.
 *
 * @returns  The request that runs the model; it was answered with 200, and can be sent again.
 */
export async function prepareSample(
  caller: EndpointCaller,
  address: string,
  endpoint: string,
  sample: Card["samples"][number],
): Promise<SampleRequest> {
  const request = { path: sample.path ?? "/", body: JSON.stringify(sample.request) };
  const answer = await sendSample(caller, address, endpoint, request);
  if (sample.file === undefined) return request;
  const { url, ...uploaded } = JSON.parse(answer) as { readonly url: string };
  const body = fs.readFileSync(path.join(PROJECT_ROOT, "functions", endpoint, sample.file));
  await fetch(url, { method: "PUT", body });
  const inference = { path: "/", body: JSON.stringify(uploaded) };
  await sendSample(caller, address, endpoint, inference);
  return inference;
}

/** Gives the response's body. @throws Error  Another status than 200. */
export async function sendSample(
  caller: EndpointCaller,
  address: string,
  endpoint: string,
  { path, body }: SampleRequest,
): Promise<string> {
  const response = await caller.post(`${address}${path.slice(1)}`, body);
  if (!response.ok) throw new Error(`${endpoint} answers ${response.status}: ${await response.text()}`);
  return response.text();
}
