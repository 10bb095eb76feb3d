import type { ChecksumAlgorithm } from "@aws-sdk/client-s3";
import type { Call } from "./call";
import type { Written } from "./store/types";
import { checkedBody } from "./wire/checkedBody";

/** Writes a request's body to the bucket's data folder; a body that is not as promised leaves nothing. */
export async function receiveBody(call: Call, algorithm?: ChecksumAlgorithm): Promise<Written> {
  const body = checkedBody(call.request, call.verified, { algorithm });
  const segment = await call.bucket.data.write(body.chunks);
  return { ...segment, ...body.digests() };
}
