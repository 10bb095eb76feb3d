import { optional, readEnv, required } from "./env";

/**
 * Reads a function's credentials, which Lambda puts into its environment. In bundles it takes the place of the AWS SDK's
 * chain of providers, for profiles, SSO, containers and other places that a function never has; hence the SDK's name.
 */
export const defaultProvider = () => async () => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = readEnv({
    AWS_ACCESS_KEY_ID: required,
    AWS_SECRET_ACCESS_KEY: required,
    AWS_SESSION_TOKEN: optional,
  });
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    sessionToken: AWS_SESSION_TOKEN,
  };
};
