import { type LambdaClient, UpdateAliasCommand } from "@aws-sdk/client-lambda";
import { ALIAS, liveAlias } from "./functionVersions";
import type { Step } from "./steps";

export interface ShiftOptions {
  readonly lambda: LambdaClient;
  readonly functionName: string;
  readonly target: string;
  readonly steps: readonly Step[];
  /** Names of the function's alarms that fire now. */
  alarms(): Promise<readonly string[]>;
  /** Goes on although an alarm fires. */
  readonly ignoreAlarms: boolean;
  /** Whether the target answers right, asked before every step. */
  verify(): Promise<boolean>;
  /** Waits for so many minutes. */
  wait(minutes: number): Promise<void>;
  readonly signal?: AbortSignal;
  log(line: string): void;
}

/** How a release ended; `rolled back` says why. */
export type ShiftResult =
  | { readonly status: "released" }
  | { readonly status: "rolled back"; readonly reason: string };

/** Minutes after which alarms are looked at again. */
const POLL_MINUTES = 1;

/**
 * Moves an alias to another version by steps, as CodeDeploy does, and back at once where an alarm fires, the version fails
 * its contract, or the release is stopped. For the local cloud, which has no CodeDeploy.
 */
export async function shiftAlias(options: ShiftOptions): Promise<ShiftResult> {
  const { lambda, functionName, target, steps, log } = options;
  const { FunctionVersion: before } = await liveAlias(lambda, functionName);
  const move = (FunctionVersion: string | undefined, weights: Record<string, number>) =>
    lambda.send(
      new UpdateAliasCommand({
        FunctionName: functionName,
        Name: ALIAS,
        FunctionVersion,
        RoutingConfig: { AdditionalVersionWeights: weights },
      }),
    );
  const fault = async () => {
    if (options.signal?.aborted) return "it was stopped by hand";
    if (!(await options.verify())) return `version ${target} fails the contract suite`;
    const firing = options.ignoreAlarms ? [] : await options.alarms();
    return firing.length > 0 ? `in alarm: ${firing.join(", ")}` : undefined;
  };
  const back = async (reason: string): Promise<ShiftResult> => {
    await move(before, {});
    log(`${functionName}: back to version ${before}: ${reason}`);
    return { status: "rolled back", reason };
  };
  for (const { percent, minutes } of steps) {
    const reason = await fault();
    if (reason) return back(reason);
    await move(before, { [target]: percent / 100 });
    log(`${functionName}: ${percent} % of the requests get version ${target}`);
    for (let waited = 0; waited < minutes; waited += POLL_MINUTES) {
      await options.wait(POLL_MINUTES);
      const reason = await fault();
      if (reason) return back(reason);
    }
  }
  await move(target, {});
  log(`${functionName}: all requests get version ${target}`);
  return { status: "released" };
}
