/** Front door: the services of the local cloud, put together. */

export type { Treatments } from "../resources/treatment";
export type { Cloud } from "./cloud";
export { exportLines } from "./exportLines";
export { type FaultSpec, Faults } from "./faults";
export { missingStack } from "./missingStack";
export { REMOTE_COMPONENTS } from "./remoteComponents";
export { RESOURCE_TYPES, resourceTypeOf } from "./resourceTypes";
export {
  holderOf,
  type RunningCloud,
  readRunningCloud,
  removeRunningCloud,
  writeRunningCloud,
} from "./runningCloud";
export { Services, type ServicesOptions } from "./services";
export { validateAgainst } from "./validateAgainst";
export { whyNotServed } from "./whyNotServed";
