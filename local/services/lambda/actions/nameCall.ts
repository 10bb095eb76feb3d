import type { HttpRequest } from "../../../http/message";
import { parseFunctionName, qualifiedName } from "../parseFunctionName";
import type { RequestReport } from "../requestReport";
import { qualifierIn } from "./authorizeCall";
import { invocationTypeIn } from "./invoke";

/**
 * Names a call as AWS does, for people: the operation, or the type of an invocation whose response nobody waits for, and the
 * function, e.g. `Invoke iris-1a2b3c4:live`.
 *
 * @param action     Its name in policies.
 * @param nameOrArn  Empty for an action on no function.
 */
export function nameCall(
  action: string,
  nameOrArn: string,
  request: HttpRequest,
): Pick<RequestReport, "method" | "path"> {
  const { functionName = "", qualifier } = nameOrArn === "" ? {} : parseFunctionName(nameOrArn);
  return {
    method: action === "lambda:InvokeFunction" ? invocationName(request) : action.slice("lambda:".length),
    path: qualifiedName(functionName, qualifierIn(request) ?? qualifier),
  };
}

function invocationName(request: HttpRequest): string {
  const type = invocationTypeIn(request);
  return type === "Event" || type === "DryRun" ? type : "Invoke";
}
