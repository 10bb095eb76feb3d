/** Front door: evaluates a Pulumi program without an engine and returns what it declares. */

export type { Declared, Placement } from "../resources/declared";
export { read } from "../resources/read";
export type { ArchiveValue, AssetValue, Properties } from "../resources/value";
export { type Declaration, type DeclareRequest, declare, ProgramError } from "./declare";
export { readStackConfig, type StackConfig } from "./stackConfig";
