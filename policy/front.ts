/** Front door: the rules, a pack of them for the engine, and the gate that needs no engine. */

export { main } from "./cli";
export { createPack, type PackOptions } from "./createPack";
export { type PackConfiguration, parseConfiguration } from "./lib/configuration";
export type { Exception } from "./lib/exceptions";
export { architectureOf, type FixedCost, fixedCosts } from "./lib/fixedCosts";
export { judgeProgram, stacksOf } from "./lib/judgeProgram";
export { measuredDuration, type PredictionCost, predictionCost, slowdown } from "./lib/predictionCost";
export { PRICES } from "./lib/prices";
export { levelIn, PROFILES, type Profile, type Tier } from "./lib/profile";
export { type Limit, type Rule, resourceRule, stackRule } from "./lib/rule";
export { nameOf, type StackReport, statusOf } from "./lib/stackReport";
export { counted } from "./report/counted";
export { groupBy } from "./report/groupBy";
export { jsonReport } from "./report/jsonReport";
export { sarifReport } from "./report/sarifReport";
export { tableReport } from "./report/tableReport";
export { RULES } from "./rules";
