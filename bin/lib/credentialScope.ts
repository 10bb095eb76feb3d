/** The service and region that a signature is made for. */
export interface CredentialScope {
  readonly service: "lambda" | "execute-api";
  /** `undefined` if the address does not contain it: a custom domain, or the local cloud. */
  readonly region: string | undefined;
}

const FUNCTION_URL = /\.lambda-url\.([a-z0-9-]+)\.on\.aws$/;
const REST_API = /\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/;

/**
 * The credential scope that the rejection of an unsigned request asks to be signed for; `undefined` where it is none.
 * Where the address does not say the service, the rejection's name does: function URL and REST API have different ones,
 * and a handler's own 403 has none.
 */
export function credentialScope(
  { hostname }: URL,
  { status, headers }: Response,
): CredentialScope | undefined {
  const type = headers.get("x-amzn-errortype");
  const asksToSign = type === "AccessDeniedException" || type === "MissingAuthenticationTokenException";
  if (status !== 403 || !asksToSign) return undefined;
  const urlRegion = FUNCTION_URL.exec(hostname)?.[1];
  if (urlRegion !== undefined) return { service: "lambda", region: urlRegion };
  const apiRegion = REST_API.exec(hostname)?.[1];
  if (apiRegion !== undefined) return { service: "execute-api", region: apiRegion };
  return { service: type === "AccessDeniedException" ? "lambda" : "execute-api", region: undefined };
}
