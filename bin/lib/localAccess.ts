import type { RunningCloud } from "@paddock/local/running";
import { administratorKey } from "./s3AccessOf";

/** How the SDK's clients reach the local cloud's services, by its root user's key. */
export function accessOf(dataDir: string, { outputs, region }: RunningCloud) {
  return { endpoint: String(outputs.endpoint), region, credentials: administratorKey(dataDir) };
}
