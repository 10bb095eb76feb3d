import type { Tensor } from "onnxruntime-node";
import { optional, readEnv } from "../shared/env";
import { log } from "../shared/log";
import { embedded } from "../shared/metrics";
import { infer } from "./infer";
import { readInferRequest } from "./inferRequest";
import type { ModelRepository } from "./modelRepository";
import type { ShadowEvent } from "./shadowSender";

const { METRICS_NAMESPACE } = readEnv({ METRICS_NAMESPACE: optional });

/** How an output of the shadow differs: by its form, or by values. */
export interface OutputDifference {
  readonly form?: string;
  /** Values that are not the same, of how many. */
  readonly values?: number;
  readonly of?: number;
  /** The largest difference of two numbers. */
  readonly most?: number;
}

export function isShadowEvent(event: unknown): event is ShadowEvent {
  return (
    typeof event === "object" && event !== null && typeof (event as ShadowEvent).shadow?.model === "string"
  );
}

/**
 * Asks both versions for a request that was answered already, and writes in one log line how the shadow's outputs differ. It
 * never throws, and asks no shadow itself.
 */
export async function compareShadow(
  { shadow: asked }: ShadowEvent,
  repository: ModelRepository,
  requestId: string,
): Promise<void> {
  const { model, version, shadow } = asked;
  const started = performance.now();
  const fields = {};
  const outputsOf = async (which: string) => {
    const { request, binary } = readInferRequest({ ...asked, body: Buffer.from(asked.body, "base64") });
    return repository.use(model, which, fields, (session, facts) => infer(session, facts, request, binary));
  };
  const write = (severity: "info" | "warn", result: object, differs: number, failed: number) =>
    log(severity, {
      requestId,
      shadowOf: { model, version, shadow, ms: Math.round(performance.now() - started), ...result },
      ...(METRICS_NAMESPACE !== undefined &&
        embedded(METRICS_NAMESPACE, { Shadows: 1, ShadowDifferences: differs, ShadowFailures: failed })),
    });
  try {
    const outputs = differences(await outputsOf(version), await outputsOf(shadow));
    const differs = Object.keys(outputs).length > 0;
    write("info", { differs, outputs }, differs ? 1 : 0, 0);
  } catch (error) {
    write("warn", { error }, 0, 1);
  }
}

type Outputs = readonly (readonly [name: string, tensor: Tensor])[];

/** The outputs that differ, by name. */
export function differences(live: Outputs, shadow: Outputs): Record<string, OutputDifference> {
  const others = new Map(shadow);
  const names = [...new Set([...live, ...shadow].map(([name]) => name))];
  const found = names.map((name) => [name, difference(new Map(live).get(name), others.get(name))] as const);
  return Object.fromEntries(
    found.filter((entry): entry is [string, OutputDifference] => entry[1] !== undefined),
  );
}

function difference(live: Tensor | undefined, shadow: Tensor | undefined): OutputDifference | undefined {
  const [before, after] = [formOf(live), formOf(shadow)];
  if (live === undefined || shadow === undefined || before !== after)
    return { form: `${after}, not ${before}` };
  let [values, most] = [0, 0];
  for (let i = 0; i < live.size; i++) {
    const [a, b] = [live.data[i], shadow.data[i]];
    // NaN is the same as NaN.
    if (Object.is(a, b) || a === b) continue;
    values++;
    if (typeof a !== "string") most = Math.max(most, Math.abs(Number(a) - Number(b)));
  }
  return values === 0 ? undefined : { values, of: live.size, ...(most > 0 && { most }) };
}

function formOf(tensor: Tensor | undefined): string {
  return tensor === undefined ? "missing" : `${tensor.type} [${tensor.dims}]`;
}
