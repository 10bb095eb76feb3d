import type { AccessKeys } from "../iam/accessKeys";
import type { AccessRequest, Decision } from "../iam/evaluatePolicy";
import type { S3Event } from "./s3Event";

/** What S3 needs of the rest of the local cloud. */
export interface S3Options {
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
  readonly accessKeys: AccessKeys;
  /** What the principal's own policies say; the bucket's policy is S3's to ask. */
  authorize(request: AccessRequest): Decision | Promise<Decision>;
  /** Hands an event to a function, asynchronously as S3 does: when it is taken, not when it is done. */
  invoke(functionArn: string, event: S3Event): Promise<void>;
  /** A line about what nobody else is told: an unforeseen error, an event that could not be delivered. */
  log(line: string): void;
  /** @default the clock */
  now?(): Date;
}
