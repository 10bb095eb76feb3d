import type { LambdaService } from "../../lambda/lambdaService";
import type { Callers } from "../callers";
import type { UsagePlans } from "./usagePlans";

/** Services that a request to a REST API needs. */
export interface RestApiDependencies {
  readonly lambda: LambdaService;
  readonly region: string;
  readonly accountId: string;
  readonly iam: Callers;
  readonly usagePlans: Pick<UsagePlans, "allows">;
  /** Awaited before a function is invoked. */
  ready?(functionName: string): Promise<void>;
  /** A line for the log group that a stage's access log goes to. */
  onAccessLog(line: { readonly destinationArn: string; readonly line: string }): void;
}
