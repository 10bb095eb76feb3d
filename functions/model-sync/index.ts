import { numberBetween, readEnv, required } from "../shared/env";
import { log } from "../shared/log";
import { bucketObjects } from "./bucketObjects";
import { ModelIncomplete } from "./errors";
import { readEvent } from "./readEvent";
import { type SyncResult, syncModel } from "./syncModel";

/** The part of AWS's context object that is used here. */
interface Context {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** Kept at the end for writing out what is copied, and for the answer. */
const RESERVE_MS = 15_000;

const env = readEnv({
  MODEL_BUCKET: required,
  MODEL_PREFIX: required,
  MODEL_VOLUME: required,
  VERSION_GRACE_SECONDS: numberBetween(0, 31_536_000, 86_400),
});

const objects = bucketObjects(env.MODEL_BUCKET, env.MODEL_PREFIX);

/**
 * Copies models from the bucket to the volume. Not an endpoint: a deployment calls it for each model and fails with
 * it; S3 calls it after uploads. A file that does not fit the card yet is only noted, since the card calls again; a
 * card that the files do not fit is an error, which Lambda tries again and then keeps.
 */
export async function handler(event: unknown, context: Context): Promise<readonly SyncResult[]> {
  const requests = readEvent(event, env.MODEL_PREFIX);
  const end = Date.now() + context.getRemainingTimeInMillis();
  const results: SyncResult[] = [];
  for (const { model, complete } of requests) {
    const started = performance.now();
    const line = { requestId: context.awsRequestId, model };
    try {
      const result = await syncModel({
        objects,
        volume: env.MODEL_VOLUME,
        model,
        deadline: end - Math.min(RESERVE_MS, (end - Date.now()) / 2),
        graceMs: env.VERSION_GRACE_SECONDS * 1000,
      });
      results.push(result);
      log("info", { ...line, ...result, ms: Math.round(performance.now() - started) });
    } catch (error) {
      const goesOn = !complete && error instanceof ModelIncomplete;
      log(goesOn ? "info" : "error", { ...line, error });
      if (!goesOn) throw error;
    }
  }
  return results;
}
