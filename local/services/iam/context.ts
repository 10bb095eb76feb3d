import type { Identity } from "./accessKeys";
/**
 * The known facts about a request, by condition key (`s3:prefix`, `aws:SecureTransport`); a key's name compares without
 * case.
 */
export type Context = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A key's values; none where the request does not have the key. */
export function valuesOf(context: Context, key: string): readonly string[] {
  const found = find(context, key) ?? [];
  return typeof found === "string" ? [found] : found;
}

/** Whether a key is one that may have several values, for which conditions need `ForAnyValue` or `ForAllValues`. */
export function isMultivalued(context: Context, key: string): boolean {
  return Array.isArray(find(context, key));
}

function find(context: Context, key: string): string | readonly string[] | undefined {
  // Most policies write keys as AWS does.
  if (Object.hasOwn(context, key)) return context[key];
  const wanted = key.toLowerCase();
  return Object.entries(context).find(
    ([name, value]) => value !== undefined && name.toLowerCase() === wanted,
  )?.[1];
}

/**
 * AWS's global condition keys of a request.
 *
 * @param caller  `undefined` for an anonymous one, who has none of the principal's keys.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function globalContext(
  caller: Partial<Identity> | undefined,
  sourceIp: string | undefined,
  now = new Date(),
): Context {
  return {
    // Nobody else can listen on the loopback, which is what policies want TLS for.
    "aws:SecureTransport": "true",
    "aws:SourceIp": sourceIp,
    "aws:CurrentTime": now.toISOString(),
    "aws:EpochTime": String(Math.floor(now.getTime() / 1000)),
    "aws:ViaAWSService": "false",
    ...(caller?.principal !== undefined && {
      "aws:PrincipalArn": caller.principal,
      "aws:PrincipalAccount": caller.principal.split(":")[4],
      "aws:PrincipalType": principalType(caller.principal),
      "aws:PrincipalIsAWSService": "false",
      "aws:userid": caller.userId,
      ...Object.fromEntries(
        Object.entries(caller.tags ?? {}).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]),
      ),
    }),
  };
}

function principalType(arn: string): string {
  if (arn.endsWith(":root")) return "Account";
  return /:role\//.test(arn) ? "AssumedRole" : "User";
}
