import { AwsError } from "../../http/awsError";
import { type HttpResponse, parseQuery } from "../../http/message";
import type { ApiCall } from "../apiCall";

/** Size of the largest image that endpoints take from an address. */
const MAX_BYTES = 10 * 1024 * 1024;

const TIMEOUT_MS = 10_000;

/**
 * Serves `GET /api/image?url=…`: an image of another host, since the page itself connects to its own server only. The
 * person at the page gave the address; what comes back is bytes to be drawn, and no type of the other host's.
 *
 * @throws AwsError  It is no address, or gives nothing that fits.
 */
export async function getImage({ request }: ApiCall): Promise<HttpResponse> {
  const [, given = ""] = parseQuery(request.rawQuery).find(([name]) => name === "url") ?? [];
  if (!/^https?:\/\//i.test(given) || !URL.canParse(given)) {
    throw new AwsError("BadRequest", 400, "`url` must be an address that begins with http:// or https://.");
  }
  try {
    const response = await fetch(given, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return {
      status: 200,
      headers: [["content-type", "application/octet-stream"]],
      body: await readAll(response),
    };
  } catch (cause) {
    // What `fetch` says itself is "fetch failed".
    const { message } = ((cause as Error).cause ?? cause) as Error;
    throw new AwsError("BadGateway", 502, `The image cannot be shown: ${message}.`, { cause });
  }
}

async function readAll({ body }: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error(`it has over ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
