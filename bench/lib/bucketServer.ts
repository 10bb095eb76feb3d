import { LocalS3 } from "../../test/helpers/services/localS3";
import type { Server } from "./serverProcess";

/** Serves an empty bucket by the local S3. */
export async function serve(bucket = "", region = ""): Promise<Server> {
  const s3 = await LocalS3.start(bucket, region);
  return { address: s3.endpoint, close: () => s3.stop() };
}
