import type { CredentialScope } from "../credentialScope";
import type { S3Access } from "../s3AccessOf";
import { signRequest } from "../signRequest";

type Outputs = Readonly<Record<string, unknown>>;

/** The three throw-away stacks of a run, and how to reach them. */
export interface ProvenStack {
  /** The program, its endpoints open to everyone. */
  readonly open: Outputs;
  /** The program, its endpoints for signed requests only. */
  readonly signed: Outputs;
  /** The function that answers with its event. */
  readonly echo: Outputs;
  /** Region and credentials; `endpoint` is S3's, on the local cloud. */
  readonly access: S3Access & { readonly region: string };
  /** The address of the Lambda API. */
  readonly lambdaEndpoint: string;
}

export interface ProbeRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** @default the request is not signed */
  readonly signedFor?: CredentialScope["service"];
}

export interface ProbeResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** An address below an output that is one, e.g. `at(outputs, "irisUrl", "/v2")`; outputs may end in a slash. */
export function at(outputs: Outputs, name: string, path = ""): string {
  const base = outputs[name];
  if (typeof base !== "string") throw new Error(`The stack has no output ${name}.`);
  return `${base.replace(/\/$/, "")}${path}`;
}

/** Sends one request; a redirect is a response like any other. */
export async function send(
  address: string,
  { method = "GET", headers = {}, body, signedFor }: ProbeRequest,
  access: ProvenStack["access"],
): Promise<ProbeResponse> {
  const url = new URL(address);
  const all =
    signedFor === undefined
      ? headers
      : await signRequest(
          { method, url, headers, body },
          { service: signedFor, region: access.region },
          { credentials: access.credentials },
        );
  const response = await fetch(url, { method, headers: all, body, redirect: "manual" });
  return { status: response.status, headers: response.headers, body: await response.text() };
}
