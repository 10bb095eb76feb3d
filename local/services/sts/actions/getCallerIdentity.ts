import type { XmlElements } from "../../../http/writeXml";
import type { Caller } from "../../iam/accessKeys";

/** Needs no permission. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export function getCallerIdentity({ accountId, userArn, userId }: Caller): XmlElements {
  return { Arn: userArn, UserId: userId, Account: accountId };
}
