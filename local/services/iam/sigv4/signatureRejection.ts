import type { SignatureError, SignatureErrorCode } from "./signatureError";

/** A rejected signature as Lambda and API Gateway say it: their exception, and the text of `message`. */
export interface SignatureRejection {
  readonly type:
    | "ExpiredTokenException"
    | "IncompleteSignatureException"
    | "InvalidSignatureException"
    | "UnrecognizedClientException";
  readonly message: string;
}

const incomplete: readonly SignatureErrorCode[] = [
  "AuthorizationHeaderMalformed",
  "AuthorizationQueryParametersError",
];
const unknownClient: readonly SignatureErrorCode[] = ["InvalidAccessKeyId", "InvalidToken"];

/** The codes of {@link SignatureError} are S3's: here they are in the words of the other services. */
export function signatureRejection({ code, message }: SignatureError): SignatureRejection {
  if (incomplete.includes(code)) return { type: "IncompleteSignatureException", message };
  if (unknownClient.includes(code)) {
    return {
      type: "UnrecognizedClientException",
      message: "The security token included in the request is invalid.",
    };
  }
  if (code === "ExpiredToken") {
    return {
      type: "ExpiredTokenException",
      message: "The security token included in the request is expired",
    };
  }
  return { type: "InvalidSignatureException", message };
}
