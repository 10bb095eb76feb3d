/** Front door: the services of the local cloud, put together. */

export type { Cloud } from "./cloud";
export { resourceTypeOf } from "./resourceTypes";
export { type RunningCloud, readRunningCloud, removeRunningCloud, writeRunningCloud } from "./runningCloud";
export { validateAgainst } from "./validateAgainst";
