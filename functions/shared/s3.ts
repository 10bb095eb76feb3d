import type * as AwsClients from "./awsClients";

let loaded: typeof AwsClients | undefined;

/** The AWS SDK's S3 client, loaded when first asked for: at start it would double every cold start. */
export function s3(): typeof AwsClients {
  // Not a plain `require`, which the bundler would follow.
  loaded ??= module.require("./awsClients") as typeof AwsClients;
  return loaded;
}
