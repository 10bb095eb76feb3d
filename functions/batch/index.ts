import { readEnv, required } from "../shared/env";
import { log } from "../shared/log";
import { type Batch, parseBatchKey } from "./batchKey";
import { batchObjects } from "./batchObjects";
import { functionCaller } from "./callFunction";
import { openTarget } from "./openTarget";
import { BadFile } from "./rawRow";
import { type ContinueEvent, readEvent } from "./readEvent";
import { type RunResult, runBatch } from "./runBatch";

/** The part of Lambda's context object that is used here. */
interface Context {
  readonly awsRequestId: string;
  /** Ends with the alias by which the function was invoked. */
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

/** ms kept for writing the state and starting the next run. */
const RESERVE = 30_000;

/** ms that a step may take: endpoints answer within 29 s, and are asked several times. */
const STEP = 90_000;

const env = readEnv({ UPLOAD_BUCKET: required, BATCH_FUNCTIONS: functionArns });

const objects = batchObjects(env.UPLOAD_BUCKET);

/**
 * Answers files of rows. It is not an endpoint: S3 invokes it after uploads, and it invokes itself to continue. Whatever
 * fails here is tried again by Lambda, which then keeps the event at the failure destination.
 */
export async function handler(event: unknown, context: Context): Promise<readonly RunResult[]> {
  const batches = readEvent(event).flatMap((key) => parseBatchKey(key) ?? []);
  const results: RunResult[] = [];
  const caller = functionCaller(() => context.getRemainingTimeInMillis(), RESERVE);
  for (const batch of batches) {
    const started = performance.now();
    const line = { requestId: context.awsRequestId, batch: batch.key };
    try {
      const result = await runBatch(batch, {
        objects,
        run: context.awsRequestId,
        open: (batch) => openTarget(batch, (path) => caller.call(arnOf(batch), path)),
        call: (batch, path, body) => caller.call(arnOf(batch), path, body),
        hasTime: () => context.getRemainingTimeInMillis() > RESERVE + STEP,
      });
      results.push(result);
      log("info", { ...line, ...result, ms: Math.round(performance.now() - started) });
      if (result.status === "continues") {
        await caller.later(context.invokedFunctionArn, { batch: batch.key } satisfies ContinueEvent);
      }
    } catch (error) {
      log("error", { ...line, error });
      throw error;
    }
  }
  return results;
}

function arnOf({ endpoint }: Batch): string {
  const arn = env.BATCH_FUNCTIONS.get(endpoint);
  if (arn !== undefined) return arn;
  throw new BadFile(
    `There is no endpoint ${endpoint}; there is ${[...env.BATCH_FUNCTIONS.keys()].join(", ")}`,
  );
}

/** A JSON object: ARNs of the functions' aliases by the endpoints' names. */
function functionArns(text: string | undefined): ReadonlyMap<string, string> {
  return new Map(Object.entries(JSON.parse(required(text)) as Record<string, string>));
}
