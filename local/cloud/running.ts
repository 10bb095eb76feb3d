/** Front door: the local cloud that runs on a data folder, without loading the services that it runs. */

export { exportLines } from "./exportLines";
export { missingStack } from "./missingStack";
export {
  holderOf,
  type RunningCloud,
  readRunningCloud,
  removeRunningCloud,
  writeRunningCloud,
} from "./runningCloud";
export { whyNotServed } from "./whyNotServed";
