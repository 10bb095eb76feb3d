import { AwsError } from "../../http/awsError";
import type { Reach } from "../../http/checkHost";
import { type HttpRequest, type HttpResponse, parseQuery } from "../../http/message";
import { queryError, queryResponse } from "../../http/queryProtocol";
import type { Front } from "../../http/serve";
import type { XmlElements } from "../../http/writeXml";
import type { Caller } from "../iam/accessKeys";
import type { IamService } from "../iam/iamService";
import { SignatureError } from "../iam/sigv4/signatureError";
import { signatureRejection } from "../iam/sigv4/signatureRejection";
import { getCallerIdentity } from "./actions/getCallerIdentity";
import { getSessionToken } from "./actions/getSessionToken";

export interface StsOptions extends Reach {
  readonly callers: Pick<IamService, "rootSession" | "verify">;
  /** A line about a fault of the local cloud itself. */
  log(line: string): void;
}

/** Far more than any request of STS's has. */
const MAX_BODY_BYTES = 1024 * 1024;
const NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

/** STS, as far as a client asks who it is, or for credentials that expire. */
export function stsFront({ callers, ...options }: StsOptions): Front {
  return {
    name: "sts",
    ...options,
    fault: new AwsError("InternalFailure", 500, "The local STS failed; its log says why."),
    reject: (error, _request, requestId) => queryError(error, NAMESPACE, requestId),
    async handle(incoming, body, requestId): Promise<HttpResponse> {
      const request = { ...incoming, ...(await body.read(MAX_BODY_BYTES)) };
      const caller = await authenticate(request, callers);
      const parameters = new Map(parseQuery(request.rawQuery).concat(parseQuery(request.body.toString())));
      const action = parameters.get("Action") ?? "";
      const result = act(action, caller, parameters, callers);
      return queryResponse(action, result, NAMESPACE, requestId);
    },
  };
}

function act(
  action: string,
  caller: Caller,
  parameters: ReadonlyMap<string, string>,
  callers: StsOptions["callers"],
): XmlElements {
  if (action === "GetCallerIdentity") return getCallerIdentity(caller);
  if (action === "GetSessionToken") return getSessionToken(caller, parameters, callers);
  throw new AwsError(
    "InvalidAction",
    400,
    `The local STS knows only GetCallerIdentity and GetSessionToken, not ${action.slice(0, 100)}.`,
  );
}

/** The query protocol's: https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
const CODES = {
  ExpiredTokenException: "ExpiredToken",
  IncompleteSignatureException: "IncompleteSignature",
  InvalidSignatureException: "SignatureDoesNotMatch",
  UnrecognizedClientException: "InvalidClientTokenId",
} as const;

/** @throws AwsError  403 */
async function authenticate(request: HttpRequest, callers: StsOptions["callers"]): Promise<Caller> {
  const caller = await callers.verify(request, "sts").catch((cause: unknown) => {
    if (!(cause instanceof SignatureError)) throw cause;
    const { type, message } = signatureRejection(cause);
    throw new AwsError(CODES[type], 403, message, { cause });
  });
  if (caller) return caller;
  throw new AwsError("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
}
