import { AwsError } from "../../../http/awsError";
import { type HttpRequest, parseQuery } from "../../../http/message";
import { globalContext } from "../../iam/context";
import { combineDecisions } from "../../iam/evaluatePolicy";
import type { IamService } from "../../iam/iamService";
import { SignatureError } from "../../iam/sigv4/signatureError";
import { signatureRejection } from "../../iam/sigv4/signatureRejection";
import type { LambdaService } from "../lambdaService";
import { parseFunctionName } from "../parseFunctionName";

/** Who signed a request, and what that one is allowed. */
export type Callers = Pick<IamService, "authorize" | "verify">;

type Caller = NonNullable<Awaited<ReturnType<Callers["verify"]>>>;

/** Who signed a request. @throws AwsError  403 */
export async function authenticate(request: HttpRequest, callers: Callers): Promise<Caller> {
  const caller = await callers.verify(request, "lambda").catch((cause: unknown) => {
    if (!(cause instanceof SignatureError)) throw cause;
    const { type, message } = signatureRejection(cause);
    throw new AwsError(type, 403, message, { cause });
  });
  if (!caller) {
    throw new AwsError(
      "MissingAuthenticationTokenException",
      403,
      "Missing Authentication Token: sign requests with the key that `npm start` prints",
    );
  }
  return caller;
}

/**
 * Lets in who is allowed the action on the function, by policies of their own or the function's.
 *
 * @throws AwsError  403
 */
export function authorize(
  caller: Caller,
  action: string,
  nameOrArn: string,
  request: HttpRequest,
  { service, callers }: { readonly service: LambdaService; readonly callers: Callers },
): void {
  const named = nameOrArn === "" ? undefined : parseFunctionName(nameOrArn);
  const qualifier = qualifierIn(request) ?? named?.qualifier;
  const resource = named ? service.resourceArn(named.functionName, qualifier) : "*";
  const { principal } = caller;
  const wanted = {
    principal,
    sessionArn: caller.userArn,
    action,
    context: globalContext(caller, request.sourceIp),
  };
  const own = callers.authorize({ ...wanted, resource });
  const functions = named ? service.authorize(named.functionName, qualifier, wanted) : "implicitDeny";
  if (combineDecisions(own, functions) === "allowed") return;
  throw new AwsError(
    "AccessDeniedException",
    403,
    `User: ${caller.userArn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
  );
}

/** The version or alias that a request asks for. */
export function qualifierIn({ rawQuery }: HttpRequest): string | undefined {
  return parseQuery(rawQuery).find(([name]) => name === "Qualifier")?.[1];
}
