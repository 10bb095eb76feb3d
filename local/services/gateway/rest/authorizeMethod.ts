import type { HttpRequest } from "../../../http/message";
import type { Caller } from "../../iam/accessKeys";
import { globalContext } from "../../iam/context";
import { combineDecisions, type Decision, evaluatePolicy } from "../../iam/evaluatePolicy";
import type { PolicyDocument } from "../../iam/policyDocument";
import { SignatureError } from "../../iam/sigv4/signatureError";
import { signatureRejection } from "../../iam/sigv4/signatureRejection";
import type { Callers } from "../callers";
import type { GatewayResponseType } from "./gatewayResponse";
import type { RestMethod } from "./restApiDefinition";

/** Why a caller is not let in: the gateway response, and what it says in place of its own words. */
export interface MethodRejection {
  readonly type: GatewayResponseType;
  readonly errorType?: string;
  readonly message?: string;
}

/** The facts that decide who may invoke a method. */
export interface MethodAuthorization {
  readonly authorization: RestMethod["authorization"];
  /** The API's own. */
  readonly policy: PolicyDocument | undefined;
  readonly iam: Callers;
}

/**
 * Lets in who may invoke a method by the API's resource policy or, signed with `AWS_IAM`, by policies of their own;
 * everyone where there is neither.
 *
 * @param methodArn  `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<METHOD>/<path>`, the path as requested.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export async function authorizeMethod(
  http: HttpRequest,
  methodArn: string,
  { authorization, policy, iam }: MethodAuthorization,
): Promise<{ readonly caller?: Caller } | MethodRejection> {
  let caller: Caller | undefined;
  if (authorization === "AWS_IAM") {
    try {
      caller = await iam.verify(http, "execute-api");
    } catch (error) {
      if (!(error instanceof SignatureError)) throw error;
      const { type, message } = signatureRejection(error);
      return { type: "INVALID_SIGNATURE", errorType: type, message };
    }
    if (!caller) return { type: "MISSING_AUTHENTICATION_TOKEN" };
  } else if (policy === undefined) return {};
  const action = "execute-api:Invoke";
  const request = {
    principal: caller?.principal ?? "*",
    sessionArn: caller?.userArn,
    action,
    resource: methodArn,
    context: globalContext(caller, http.sourceIp),
  };
  const own = caller ? iam.authorize(request) : "implicitDeny";
  const ofApi = policy ? evaluatePolicy([policy], request) : "implicitDeny";
  const decision = combineDecisions(own, ofApi);
  if (decision === "allowed") return { ...(caller && { caller }) };
  const kind = ofApi === "explicitDeny" || caller === undefined ? "resource" : "identity";
  return {
    type: "ACCESS_DENIED",
    message: `User: ${caller?.userArn ?? "anonymous"} is not authorized to perform: ${action} on resource: ${masked(methodArn)} ${reasonOf(decision, action, kind)}`,
  };
}

/** The API's account as AWS shows it to a stranger. */
function masked(arn: string): string {
  return arn.replace(/:\d{8}(\d{4}):/, ":********$1:");
}

function reasonOf(decision: Decision, action: string, kind: "identity" | "resource"): string {
  const article = kind === "identity" ? "an" : "a";
  if (decision === "explicitDeny") return `with an explicit deny in ${article} ${kind}-based policy`;
  const policy = decision === "boundaryDeny" ? "permissions boundary" : `${kind}-based policy`;
  return `because no ${policy} allows the ${action} action`;
}
