import { AwsError } from "../../http/awsError";
import { UNKNOWN, type Unknown } from "../../resources/value";

const form =
  /^(?:arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:|\d{12}:function:)?([A-Za-z0-9_-]{1,64})(?::(\$LATEST|[A-Za-z0-9_-]{1,128}))?$/;

/** Takes a function's name, partial or whole ARN apart; a qualifier may be part of either. */
export function parseFunctionName(nameOrArn: string): { functionName: string; qualifier?: string } {
  const match = form.exec(nameOrArn);
  if (!match?.[1]) {
    throw new AwsError(
      "ValidationException",
      400,
      `"${nameOrArn}" is not the name or ARN of a Lambda function`,
    );
  }
  return { functionName: match[1], ...(match[2] && { qualifier: match[2] }) };
}

/** The function's name in a name or ARN that may be unknown, as in a preview. */
export function functionNameOf(nameOrArn: string | Unknown): string | Unknown {
  return nameOrArn === UNKNOWN ? UNKNOWN : parseFunctionName(nameOrArn).functionName;
}
