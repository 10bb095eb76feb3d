/** Front door: IAM's policy language, for whoever evaluates or judges policies. */

export type { AccessKey, Caller } from "./accessKeys";
export type { Context } from "./context";
export { type AccessRequest, type Decision, evaluatePolicy } from "./evaluatePolicy";
export { matchesWildcard } from "./matchesWildcard";
export { type PolicyType, parsePolicy } from "./parsePolicy";
export type { Condition, PolicyDocument, Principal, Statement } from "./policyDocument";
export { readPolicy } from "./readPolicy";
export { SignatureError } from "./sigv4/signatureError";
