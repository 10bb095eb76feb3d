import { type HttpRequest, type HttpResponse, jsonResponse } from "../../../http/message";
import type { Caller } from "../../iam/accessKeys";
import { globalContext } from "../../iam/context";
import { combineDecisions } from "../../iam/evaluatePolicy";
import { SignatureError } from "../../iam/sigv4/signatureError";
import { signatureRejection } from "../../iam/sigv4/signatureRejection";
import type { LambdaService } from "../../lambda/lambdaService";
import { functionUrlContext } from "../../lambda/resourcePolicy";
import type { Callers } from "../callers";
import type { FunctionUrlConfig } from "./functionUrlConfig";

const forbidden = jsonResponse(
  403,
  '{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}',
  [["x-amzn-errortype", "AccessDeniedException"]],
);

/**
 * Lets a request in that may invoke the URL *and* the function, on the URL's own qualifier: anyone whom the function's
 * policy lets in, and with `AWS_IAM` who has signed and may by the function's policy or by policies of their own.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export async function authorizeUrl(
  config: FunctionUrlConfig,
  request: HttpRequest,
  { lambda, iam }: { readonly lambda: LambdaService; readonly iam: Callers },
): Promise<{ readonly caller?: Caller } | { readonly rejection: HttpResponse }> {
  const { functionName, qualifier, authorizationType } = config;
  let caller: Caller | undefined;
  if (authorizationType === "AWS_IAM") {
    try {
      caller = await iam.verify(request, "lambda");
    } catch (error) {
      if (!(error instanceof SignatureError)) throw error;
      const { type, message } = signatureRejection(error);
      return { rejection: jsonResponse(403, { message }, [["x-amzn-errortype", type]]) };
    }
    if (!caller) return { rejection: forbidden };
  }
  const principal = caller?.principal ?? "*";
  const sessionArn = caller?.userArn;
  const resource = lambda.resourceArn(functionName, qualifier);
  const context = Object.assign(
    functionUrlContext(authorizationType),
    globalContext(caller, request.sourceIp),
  );
  const isAllowed = ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"].every((action) => {
    const wanted = { principal, sessionArn, action, context };
    const own = caller ? iam.authorize({ ...wanted, resource }) : "implicitDeny";
    return combineDecisions(own, lambda.authorize(functionName, qualifier, wanted)) === "allowed";
  });
  return isAllowed ? { caller } : { rejection: forbidden };
}
