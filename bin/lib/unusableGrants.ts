/**
 * Actions that a role needs on AWS and cannot use on this machine, with the reason. Grants of any other action have to be
 * used by the contract suite.
 */
const UNUSABLE: readonly (readonly [action: RegExp, reason: string])[] = [
  [/^ec2:/, "Lambda makes and removes network interfaces with it; here is no VPC"],
  [/^elasticfilesystem:/, "EFS checks it at the mount; a volume here is a folder"],
  [/^logs:/, "CloudWatch Logs checks it; here logs go to the terminal"],
  [/^xray:/, "X-Ray checks it; nothing takes traces here"],
];

export function unusableReason(action: string): string | undefined {
  return UNUSABLE.find(([pattern]) => pattern.test(action))?.[1];
}

/** Entries of the list that are about none of these actions. */
export function staleReasons(actions: readonly string[]): string[] {
  return UNUSABLE.filter(([pattern]) => !actions.some((action) => pattern.test(action))).map(
    ([pattern]) => pattern.source,
  );
}
