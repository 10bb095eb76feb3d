import type { HttpRequest } from "../../http/message";
import type { AccessRequest, Decision } from "../iam/evaluatePolicy";

/** Who signed a request. */
export interface Caller {
  readonly accessKey: string;
  readonly accountId: string;
  /** Whose policies count: ARN of a role or of the root user. */
  readonly principal: string;
  /** As events and refusals name the caller; of a role its session's. */
  readonly userArn: string;
  readonly userId: string;
}

/** What `AWS_IAM` asks of the account: who signed a request, and what that one may do. */
export interface Callers {
  /**
   * Checks a request's AWS Signature Version 4 for a service and gives its signer; `undefined` when it is not signed.
   * @throws SignatureError where the signature does not hold
   */
  verify(request: HttpRequest, service: "lambda" | "execute-api"): Promise<Caller | undefined>;
  /** What the caller's own policies say. */
  authorize(request: AccessRequest): Decision;
}
