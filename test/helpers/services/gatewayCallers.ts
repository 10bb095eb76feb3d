import type { Callers, HttpRequest } from "@paddock/local/gateway";
import {
  type AccessRequest,
  type Caller,
  type Decision,
  evaluatePolicy,
  readPolicy,
  SignatureError,
} from "@paddock/local/iam";

/** One user, whose signature is the word "good", for tests of what comes behind a signature. */
export class GatewayCallers implements Callers {
  static readonly user: Caller = {
    accessKey: "AKIA",
    accountId: "123456789012",
    principal: "arn:aws:iam::123456789012:user/test",
    userArn: "arn:aws:iam::123456789012:user/test",
    userId: "AIDA",
  };
  /** Statements of the user's own policy. */
  statements: readonly object[] = [];
  /** The requests that it decided on. */
  readonly asked: AccessRequest[] = [];

  async verify({ headers }: HttpRequest): Promise<Caller | undefined> {
    const authorization = headers.find(([name]) => name.toLowerCase() === "authorization")?.[1];
    if (authorization === undefined) return undefined;
    if (authorization !== "good") throw new SignatureError("SignatureDoesNotMatch", "It does not match.");
    return GatewayCallers.user;
  }

  authorize(request: AccessRequest): Decision {
    this.asked.push(request);
    return evaluatePolicy([readPolicy({ Version: "2012-10-17", Statement: this.statements })], request);
  }
}
