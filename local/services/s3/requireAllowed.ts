import { type Access, isAllowed, resourceOf } from "./isAllowed";
import { S3Error } from "./s3Error";
import type { S3Options } from "./s3Options";

/** @throws S3Error AccessDenied, in S3's words */
export async function requireAllowed(
  access: Access,
  options: Pick<S3Options, "authorize" | "accountId">,
): Promise<void> {
  if (await isAllowed(access, options)) return;
  const { principal, userArn = principal, action } = access;
  throw new S3Error(
    "AccessDenied",
    `User: ${userArn} is not authorized to perform: ${action} on resource: "${resourceOf(access)}"`,
  );
}
