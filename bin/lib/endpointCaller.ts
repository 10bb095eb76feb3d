import { S3Client } from "@aws-sdk/client-s3";
import { SignatureV4 } from "@smithy/signature-v4";
import { type CredentialScope, credentialScope } from "./credentialScope";
import type { S3Access } from "./s3AccessOf";

type Method = "GET" | "POST";

/**
 * Calls endpoints, and signs with Signature Version 4 where they take signed requests alone: whether one does, its
 * rejection of the first request says.
 */
export class EndpointCaller {
  readonly #access: S3Access;
  /** Keyed by origin. */
  readonly #scopes = new Map<string, CredentialScope>();

  /** @param access  Credentials and region to sign with. @default those that the AWS CLI would use */
  constructor(access: S3Access = {}) {
    this.#access = access;
  }

  /** @throws Error  One line: no response, or nothing to sign with or for. */
  post(address: string, body: string): Promise<Response> {
    return this.#call(new URL(address), "POST", body);
  }

  /** @throws Error  As {@link post}. */
  get(address: string): Promise<Response> {
    return this.#call(new URL(address), "GET");
  }

  /** Whether an address that was called before takes signed requests only. */
  signs(address: string): boolean {
    return this.#scopes.has(new URL(address).origin);
  }

  async #call(url: URL, method: Method, body?: string): Promise<Response> {
    const known = this.#scopes.get(url.origin);
    if (known) return this.#callSigned(url, method, body, known);
    const response = await send(url, method, body);
    const scope = credentialScope(url, response);
    if (scope === undefined) return response;
    await response.body?.cancel();
    this.#scopes.set(url.origin, scope);
    return this.#callSigned(url, method, body, scope);
  }

  async #callSigned(
    url: URL,
    method: Method,
    body: string | undefined,
    { service, region }: CredentialScope,
  ): Promise<Response> {
    // The SDK's client finds credentials, region and hash, as it does for its own requests.
    const { config } = new S3Client(this.#access);
    const credentials = await config.credentials().catch((cause: Error) => {
      throw new Error(
        `${url.origin} takes signed requests alone, and there are no AWS credentials to sign with: ${cause.message}. \`aws sts get-caller-identity\` shows what is found.`,
        { cause },
      );
    });
    const signer = new SignatureV4({
      service,
      region: region ?? (await config.region().catch(rejectRegion)),
      credentials,
      sha256: config.sha256,
    });
    const signed = await signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { host: url.host },
      body,
    });
    const { host, ...headers } = signed.headers;
    return send(url, method, body, headers);
  }
}

function rejectRegion(cause: Error): never {
  throw new Error("There is no AWS region to sign for: set AWS_REGION, or a profile's `region`.", { cause });
}

async function send(
  url: URL,
  method: Method,
  body: string | undefined,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, { method, body, headers }).catch((cause: Error) => {
    const reason = (cause.cause as Error | undefined)?.message || cause.message;
    throw new Error(`${url} does not answer: ${reason}.`, { cause });
  });
}
