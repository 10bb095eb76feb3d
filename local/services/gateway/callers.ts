import type { IamService } from "../iam/iamService";

/** The questions that `AWS_IAM` asks the account: who signed a request, and what that one is allowed. */
export type Callers = Pick<IamService, "authorize" | "verify">;
