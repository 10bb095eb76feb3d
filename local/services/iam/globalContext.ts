import type { Context } from "./matchesCondition";

/**
 * AWS's global condition keys of a request.
 * @param principal  ARN of a role or root user; `undefined` for an anonymous caller, who has none of these keys.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function globalContext(principal: string | undefined, sourceIp: string | undefined): Context {
  return {
    // Nobody else can listen on the loopback, which is what policies want TLS for.
    "aws:SecureTransport": "true",
    "aws:SourceIp": sourceIp,
    ...(principal !== undefined && {
      "aws:PrincipalArn": principal,
      "aws:PrincipalAccount": principal.split(":")[4],
    }),
  };
}
