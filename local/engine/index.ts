/** Front door: the local cloud as a provider for the real Pulumi engine, as `npm run local` runs it. */
export { EngineCloud } from "./engineCloud";
export { engineEnvironment } from "./engineEnvironment";
export { mendState } from "./mendState";
export { policyPackOf } from "./policyPackOf";
export { runPulumi } from "./runPulumi";
