/** Front door: evaluates a Pulumi program without an engine and returns what it declares. */

export { ACCOUNT_ID } from "../cloud/accountId";
export type { Declared, Placement } from "../resources/declared";
export { read } from "../resources/read";
export type { ArchiveValue, AssetValue, Properties } from "../resources/value";
export type { Declaration, DeclareRequest } from "./declaration";
export { declare } from "./declare";
export { ProgramError } from "./programError";
export { readStackConfig, type StackConfig } from "./stackConfig";
