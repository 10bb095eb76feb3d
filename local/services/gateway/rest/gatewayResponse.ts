import type { HttpHeader, HttpResponse } from "../../../http/message";
import type { GatewayResponse } from "./restApiDefinition";

/** The gateway's own responses, with AWS's status and words where nothing else is declared. */
const defaults = {
  ACCESS_DENIED: [403, "Forbidden"],
  API_CONFIGURATION_ERROR: [500, "Internal server error"],
  /** A function that failed or answered nonsense; AWS has no response type of its own for it. */
  DEFAULT_5XX: [502, "Internal server error"],
  INTEGRATION_TIMEOUT: [504, "Endpoint request timed out"],
  INVALID_API_KEY: [403, "Forbidden"],
  INVALID_SIGNATURE: [403, "The request signature we calculated does not match the signature you provided."],
  MISSING_AUTHENTICATION_TOKEN: [403, "Missing Authentication Token"],
  /** AWS documents the limit and no response type; the status is HTTP's. */
  REQUEST_HEAD_TOO_LARGE: [431, "Request Header Fields Too Large"],
  REQUEST_TOO_LARGE: [413, "Request Too Long"],
  THROTTLED: [429, "Too Many Requests"],
  UNSUPPORTED_MEDIA_TYPE: [415, "Unsupported Media Type"],
} as const;

export type GatewayResponseType = keyof typeof defaults;

/** The message in place of a response's own. */
export interface GatewayWords {
  /** `x-amzn-ErrorType` */
  readonly errorType?: string;
  readonly message?: string;
}

/** AWS's words for a response. */
export function gatewayMessage(type: GatewayResponseType): string {
  return defaults[type][1];
}

const HEADER_PREFIX = "gatewayresponse.header.";

/**
 * A gateway response: declared for its type, else for DEFAULT_4XX or DEFAULT_5XX (headers and template), else AWS's.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export function gatewayResponse(
  type: GatewayResponseType,
  declared: ReadonlyMap<string, GatewayResponse>,
  context: { readonly requestId: string },
  { message = gatewayMessage(type), errorType = errorTypeOf(type) }: GatewayWords = {},
): HttpResponse {
  const [defaultStatus] = defaults[type];
  const response = declared.get(type) ?? declared.get(defaultStatus < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
  const [mediaType, template] = Object.entries(response?.responseTemplates ?? {})[0] ?? [
    "application/json",
    // Of its denials AWS writes the name large.
    `{"${type === "ACCESS_DENIED" ? "Message" : "message"}":$context.error.messageString}`,
  ];
  const headers: HttpHeader[] = [
    ["Content-Type", mediaType],
    ["x-amzn-ErrorType", errorType],
  ];
  for (const [parameter, value] of Object.entries(response?.responseParameters ?? {})) {
    if (parameter.startsWith(HEADER_PREFIX)) {
      headers.push([parameter.slice(HEADER_PREFIX.length), value.replace(/^'(.*)'$/, "$1")]);
    }
  }
  const body = template
    .replaceAll("$context.error.messageString", JSON.stringify(message))
    .replaceAll("$context.error.message", message)
    .replaceAll("$context.error.responseType", type)
    .replaceAll("$context.requestId", context.requestId);
  const status = response?.statusCode === undefined ? defaultStatus : Number(response.statusCode);
  return { status, headers, body: Buffer.from(body) };
}

function errorTypeOf(type: GatewayResponseType): string {
  if (type === "MISSING_AUTHENTICATION_TOKEN") return "MissingAuthenticationTokenException";
  if (type === "INVALID_API_KEY") return "ForbiddenException";
  if (type === "INVALID_SIGNATURE") return "InvalidSignatureException";
  if (type === "THROTTLED") return "TooManyRequestsException";
  if (type === "UNSUPPORTED_MEDIA_TYPE") return "UnsupportedMediaTypeException";
  if (type.endsWith("TOO_LARGE")) return "RequestTooLargeException";
  return type === "ACCESS_DENIED" ? "AccessDeniedException" : "InternalServerErrorException";
}
