/** Front door: IAM's policy language, for whoever evaluates or judges policies. */
export type { AccessKey } from "./accessKeys";
export { type AccessRequest, type Decision, evaluatePolicy } from "./evaluatePolicy";
export { matchesWildcard } from "./matchesWildcard";
export { parsePolicy } from "./parsePolicy";
export { SignatureError } from "./sigv4/signatureError";
