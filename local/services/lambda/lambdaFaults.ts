import { setTimeout as sleep } from "node:timers/promises";
import { AwsError } from "../../http/awsError";
import type { InjectedFaults } from "../../http/injectedFaults";
import type { FunctionConfiguration } from "./functionConfiguration";

export type LambdaFaults = InjectedFaults<"throttle" | ProcessFault>;
/** For file systems that functions mount. */
export type VolumeFaults = InjectedFaults<"missing" | "readonly" | "full">;

/** The process's action when its handler is done and nobody has the response yet, the worst moment for a caller. */
export type ProcessFault = "kill" | "hang" | "oom";

/** Faults in the process of an instance, which gets them with the event. */
export interface EventFaults {
  readonly process?: ProcessFault;
  /** The folder below which writes fail, and their error code. */
  readonly volume?: { readonly folder: string; readonly code: "EROFS" | "ENOSPC" };
}

const PROCESS_FAULTS: readonly ProcessFault[] = ["kill", "hang", "oom"];

/** Before a function is run: waits, or rejects the request as Lambda does. @throws AwsError */
export async function rejectByFault(
  faults: { readonly lambda?: LambdaFaults; readonly volume?: VolumeFaults },
  { functionName, fileSystem }: FunctionConfiguration,
): Promise<void> {
  const { lambda, volume } = faults;
  if (lambda !== undefined && lambda.delayMs > 0) await sleep(lambda.delayMs);
  if (lambda?.happens("throttle", functionName)) {
    throw new AwsError("TooManyRequestsException", 429, "Rate Exceeded.", {
      details: { Reason: "ConcurrentInvocationLimitExceeded" },
    });
  }
  if (fileSystem !== undefined && volume?.happens("missing", functionName)) {
    const message = `The function couldn't mount the Amazon EFS file system with access point ${fileSystem.arn}.`;
    throw new AwsError("EFSMountFailureException", 403, message);
  }
}

/** Draws the faults of one event; `undefined` for none. @param folder  Where its file system is. */
export function eventFaults(
  faults: { readonly lambda?: LambdaFaults; readonly volume?: VolumeFaults },
  functionName: string,
  folder: string | undefined,
): EventFaults | undefined {
  const { lambda, volume } = faults;
  const process = PROCESS_FAULTS.find((kind) => lambda?.happens(kind, functionName));
  const code =
    folder === undefined
      ? undefined
      : volume?.happens("readonly", functionName)
        ? "EROFS"
        : volume?.happens("full", functionName)
          ? "ENOSPC"
          : undefined;
  if (process === undefined && code === undefined) return undefined;
  return {
    ...(process !== undefined && { process }),
    ...(folder !== undefined && code !== undefined && { volume: { folder, code } }),
  };
}
