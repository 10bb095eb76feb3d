import { useEnvironment } from "../process/useEnvironment";
import { LocalS3, rootKey } from "./localS3";

/** Runs the local S3 for a suite, with a bucket called `bucket`, and has this process's functions find it as on Lambda. */
export function useLocalS3(): { readonly s3: LocalS3 } {
  const used = {} as { s3: LocalS3 };
  const setEnvironment = useEnvironment();
  before(async () => {
    used.s3 = await LocalS3.start();
    setEnvironment({
      AWS_ENDPOINT_URL_S3: used.s3.endpoint,
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "ROOT",
      AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
      AWS_SESSION_TOKEN: undefined,
    });
  });
  after(() => used.s3.stop());
  return used;
}
