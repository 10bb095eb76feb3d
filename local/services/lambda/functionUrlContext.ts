import type { Context } from "../iam/context";

/**
 * Lambda's condition keys of a request to a function URL.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function functionUrlContext(authorizationType: string): Context {
  return { "lambda:FunctionUrlAuthType": authorizationType, "lambda:InvokedViaFunctionUrl": "true" };
}
