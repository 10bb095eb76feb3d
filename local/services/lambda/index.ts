/** Front door: functions in processes of their own. */
export type { FunctionConfiguration } from "./functionConfiguration";
export type { LogLine } from "./invocation";
export { ACTIONS } from "./lambdaApi";
export { LambdaService, type LambdaServiceOptions } from "./lambdaService";
