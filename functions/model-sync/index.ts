import { numberBetween, readEnv, required } from "../shared/env";
import { log } from "../shared/log";
import { bucketObjects } from "./bucketObjects";
import { ModelIncomplete } from "./errors";
import { readEvent } from "./readEvent";
import { type SyncResult, syncModel } from "./syncModel";

/** The part of Lambda's context object that is used here. */
interface Context {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** Time reserved for flushing the copied bytes and for the response. */
const RESERVE_MS = 15_000;

const env = readEnv({
  MODEL_BUCKET: required,
  MODEL_PREFIX: required,
  MODEL_VOLUME: required,
  VERSION_GRACE_SECONDS: numberBetween(0, 31_536_000, 86_400),
});

const objects = bucketObjects(env.MODEL_BUCKET, env.MODEL_PREFIX);

/**
 * Copies models from the bucket to the volume. It is not an endpoint: a deployment invokes it for each model and fails
 * if it fails; S3 invokes it after uploads. A file that does not match the card yet is only logged, because the upload
 * of the card invokes it again. A card that the files do not match is an error, which Lambda retries and then sends to
 * the failure destination.
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
