import { lazy } from "./lazy";
import type * as S3 from "./s3Client";

/** The AWS SDK's S3 client, loaded when first asked for: at start it would double every cold start. */
export const s3 = lazy(() => module.require("./s3Client") as typeof S3);
