import type { HttpRequest } from "../http/httpMessage";

/** Who signed a request. */
export interface Caller {
  readonly accessKey: string;
  readonly accountId: string;
  readonly userArn: string;
  readonly userId: string;
}

/**
 * Checks a request's AWS Signature Version 4 for a service and gives its signer; `undefined` when it is not signed,
 * throws an Error in AWS's words when the signature does not hold.
 */
export type VerifySignature = (
  request: HttpRequest,
  service: "lambda" | "execute-api",
) => Promise<Caller | undefined>;
