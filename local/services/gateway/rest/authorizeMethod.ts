import type { HttpRequest } from "../../../http/message";
import type { Caller } from "../../iam/accessKeys";
import type { Decision } from "../../iam/evaluatePolicy";
import { globalContext } from "../../iam/globalContext";
import { SignatureError } from "../../iam/sigv4/signatureError";
import { signatureRefusal } from "../../iam/sigv4/signatureRefusal";
import type { Callers } from "../callers";
import type { GatewayResponseType } from "./gatewayAnswer";

/** Why a caller is not let in: the gateway response, and what it says in place of its own words. */
export interface MethodRefusal {
  readonly type: GatewayResponseType;
  readonly errorType?: string;
  readonly message?: string;
}

/**
 * Lets in who has signed a request to a method with `AWS_IAM` and may invoke it by policies of their own: an API here
 * has no resource policy.
 *
 * @param methodArn  `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<METHOD>/<path>`, the path as requested.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export async function authorizeMethod(
  http: HttpRequest,
  methodArn: string,
  iam: Callers,
): Promise<Caller | MethodRefusal> {
  let caller: Caller | undefined;
  try {
    caller = await iam.verify(http, "execute-api");
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error;
    const { type, message } = signatureRefusal(error);
    return { type: "INVALID_SIGNATURE", errorType: type, message };
  }
  if (!caller) return { type: "MISSING_AUTHENTICATION_TOKEN" };
  const { principal, userArn } = caller;
  const action = "execute-api:Invoke";
  const decision = iam.authorize({
    principal,
    sessionArn: userArn,
    action,
    resource: methodArn,
    context: globalContext(caller, http.sourceIp),
  });
  if (decision === "allowed") return caller;
  return {
    type: "ACCESS_DENIED",
    message: `User: ${userArn} is not authorized to perform: ${action} on resource: ${masked(methodArn)} ${reasonOf(decision, action)}`,
  };
}

/** As AWS shows the API's account to a stranger. */
function masked(arn: string): string {
  return arn.replace(/:\d{8}(\d{4}):/, ":********$1:");
}

function reasonOf(decision: Decision, action: string): string {
  if (decision === "explicitDeny") return "with an explicit deny in an identity-based policy";
  const policy = decision === "boundaryDeny" ? "permissions boundary" : "identity-based policy";
  return `because no ${policy} allows the ${action} action`;
}
