/**
 * Grants that a role needs on AWS and cannot use on this machine, with the reason. Any other has to be used by the contract
 * suite.
 */
const UNUSABLE: readonly (readonly [grant: RegExp, reason: string])[] = [
  [
    /^(cloudwatch:DescribeAlarms|lambda:(GetAlias|UpdateAlias|GetProvisionedConcurrencyConfig)) on /,
    "CodeDeploy moves requests to a new version with it; here `npm run release` does",
  ],
  [/^ec2:/, "Lambda makes and removes network interfaces with it; here is no VPC"],
  [/^elasticfilesystem:/, "EFS checks it at the mount; a volume here is a folder"],
  [
    /^lambda:InvokeFunction on \S+:function:batch-\S+:live$/,
    "a batch that takes more than 15 minutes continues by it; none here does",
  ],
  [/^logs:/, "CloudWatch Logs checks it; here logs go to the terminal"],
  [/^xray:/, "X-Ray checks it; nothing takes traces here"],
];

/** @param grant  `s3:PutObject on arn:aws:s3:::uploads/*` */
export function unusableReason(grant: string): string | undefined {
  return UNUSABLE.find(([pattern]) => pattern.test(grant))?.[1];
}

/** Entries of the list that are about none of these grants. */
export function staleReasons(grants: readonly string[]): string[] {
  return UNUSABLE.filter(([pattern]) => !grants.some((grant) => pattern.test(grant))).map(
    ([pattern]) => pattern.source,
  );
}
