import type * as AwsClients from "./awsClients";

let loaded: typeof AwsClients | undefined;

/** The AWS SDK's client of SageMaker endpoints, loaded when first asked for. */
export function sageMakerRuntime(): typeof AwsClients {
  // Not a plain `require`, which the bundler would follow.
  loaded ??= module.require("./awsClients") as typeof AwsClients;
  return loaded;
}
