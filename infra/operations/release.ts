/** CodeDeploy's names of the steps in which requests move to a new version. */
export const DEPLOYMENT_CONFIGS = {
  canary10percent5minutes: "LambdaCanary10Percent5Minutes",
  canary10percent10minutes: "LambdaCanary10Percent10Minutes",
  canary10percent15minutes: "LambdaCanary10Percent15Minutes",
  canary10percent30minutes: "LambdaCanary10Percent30Minutes",
  linear10percentevery1minute: "LambdaLinear10PercentEvery1Minute",
  linear10percentevery2minutes: "LambdaLinear10PercentEvery2Minutes",
  linear10percentevery3minutes: "LambdaLinear10PercentEvery3Minutes",
  linear10percentevery10minutes: "LambdaLinear10PercentEvery10Minutes",
} as const;

/** How requests move to a new version: all at once by `pulumi up`, or in steps by `npm run release`. */
export type Release = "all" | keyof typeof DEPLOYMENT_CONFIGS;
export const RELEASES: readonly Release[] = ["all", ...keysOf(DEPLOYMENT_CONFIGS)];

function keysOf<T extends object>(object: T): (keyof T)[] {
  return Object.keys(object) as (keyof T)[];
}
