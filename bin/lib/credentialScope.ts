/** What a signature has to be made for. */
export interface CredentialScope {
  readonly service: "lambda" | "execute-api";
  /** `undefined` where the address does not say it: a domain of one's own, the local cloud. */
  readonly region: string | undefined;
}

const FUNCTION_URL = /\.lambda-url\.([a-z0-9-]+)\.on\.aws$/;
const REST_API = /\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/;

/**
 * What the refusal of an unsigned request asks to be signed for; `undefined` where it is none. Function URL and REST
 * API name their refusals differently, and a handler's own 403 has no such header.
 */
export function credentialScope(
  { hostname }: URL,
  { status, headers }: Response,
): CredentialScope | undefined {
  if (status !== 403) return undefined;
  switch (headers.get("x-amzn-errortype")) {
    case "AccessDeniedException":
      return { service: "lambda", region: FUNCTION_URL.exec(hostname)?.[1] };
    case "MissingAuthenticationTokenException":
      return { service: "execute-api", region: REST_API.exec(hostname)?.[1] };
    default:
      return undefined;
  }
}
