import type * as LambdaClients from "./lambdaClient";

let loaded: typeof LambdaClients | undefined;

/** The AWS SDK's client of Lambda, loaded when first asked for. */
export function lambda(): typeof LambdaClients {
  // Not a plain `require`, which the bundler would follow.
  loaded ??= module.require("./lambdaClient") as typeof LambdaClients;
  return loaded;
}
