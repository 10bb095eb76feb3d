import type { Api } from "../api";
import type { Field } from "./fields";

/**
 * The image that a request names by its address, or as an object of a bucket; `undefined` where it cannot be had, since the
 * endpoint saw it all the same. The page's server fetches it: the page itself connects to nobody else.
 */
export async function fetchImage(
  api: Api,
  fields: readonly Field[],
  request: Readonly<Record<string, unknown>>,
): Promise<Blob | undefined> {
  const address = fields.find(({ control }) => control.kind === "text" && control.isAddress);
  const { bucket, key } = request;
  const path = `/api/image?url=${encodeURIComponent(String(address && request[address.id]))}`;
  const found = address ? api.blob(path) : api.object(String(bucket), String(key));
  return found.catch(() => undefined);
}
