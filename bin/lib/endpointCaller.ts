import { type CredentialScope, credentialScope } from "./credentialScope";
import type { S3Access } from "./s3AccessOf";
import { signRequest } from "./signRequest";

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
    scope: CredentialScope,
  ): Promise<Response> {
    return send(url, method, body, await signRequest({ method, url, body }, scope, this.#access));
  }
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
