/** Front door: the services of the local cloud, put together. */

export type { Treatments } from "../resources/treatment";
export type { Cloud } from "./cloud";
export { type FaultSpec, Faults } from "./faults";
export { REMOTE_COMPONENTS } from "./remoteComponents";
export { RESOURCE_TYPES, resourceTypeOf } from "./resourceTypes";
export { Services, type ServicesOptions } from "./services";
export { validateAgainst } from "./validateAgainst";
