import type { Reach } from "../../http/checkHost";
import type { AccessKeys } from "../iam/accessKeys";
import type { AccessRequest, Decision } from "../iam/evaluatePolicy";
import type { S3Faults } from "./injectFault";
import type { S3Event } from "./s3Event";

/** The parts of the local cloud that S3 needs. */
export interface S3Options extends Reach {
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** Injected faults. @default nothing */
  readonly faults?: S3Faults;
  readonly accessKeys: AccessKeys;
  /** Evaluates the principal's own policies; S3 evaluates the bucket's policy itself. */
  authorize(request: AccessRequest): Decision | Promise<Decision>;
  /** Hands an event to a function; done when the function has accepted it, not when it has run. */
  invoke(functionArn: string, event: S3Event): Promise<void>;
  /** A line about what no caller sees: a fault of the local cloud, an event that was not delivered. */
  log(line: string): void;
  now(): Date;
}
