import type { IamService } from "../iam/iamService";

/** What `AWS_IAM` asks of the account: who signed a request, and what that one is allowed. */
export type Callers = Pick<IamService, "authorize" | "verify">;
