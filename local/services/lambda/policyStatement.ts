import { read } from "../../resources/read";
import type { Properties } from "../../resources/value";
import { parseFunctionName } from "./parseFunctionName";
import type { PolicyStatement } from "./resourcePolicy";

/** A Permission's properties as the function whose policy it is part of, and the statement. */
export function policyStatement(outputs: Properties): {
  readonly functionName: string;
  readonly statement: PolicyStatement;
} {
  const { functionName, qualifier } = parseFunctionName(read.required(outputs, "function"));
  return {
    functionName,
    statement: {
      statementId: read.required(outputs, "statementId"),
      action: read.required(outputs, "action"),
      principal: read.required(outputs, "principal"),
      qualifier: read.text(outputs, "qualifier") ?? qualifier,
      sourceArn: read.text(outputs, "sourceArn"),
      sourceAccount: read.text(outputs, "sourceAccount"),
      functionUrlAuthType: read.text(outputs, "functionUrlAuthType"),
      invokedViaFunctionUrl: read.boolean(outputs, "invokedViaFunctionUrl"),
    },
  };
}
