import { createHmac, hash } from "node:crypto";
import type { IssuedKey } from "../accessKeyRing";
import { canonicalRequest } from "./canonicalRequest";
import { deriveKey } from "./verifySignature";

/**
 * Signs a request of the local cloud's own with Signature Version 4.
 *
 * @returns  The headers to add to it.
 */
export function signRequest(
  { method, url, body }: { readonly method: string; readonly url: URL; readonly body: Buffer },
  { key, region, service }: { readonly key: IssuedKey; readonly region: string; readonly service: string },
  now = new Date(),
): Record<string, string> {
  const timestamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const date = timestamp.slice(0, 8);
  const own = {
    "x-amz-date": timestamp,
    ...(key.sessionToken !== undefined && { "x-amz-security-token": key.sessionToken }),
  };
  const headers: Readonly<Record<string, string>> = { host: url.host, ...own };
  const signedHeaders = Object.keys(headers).sort();
  const canonical = canonicalRequest(
    { method, url: url.pathname + url.search, headers },
    { service, signedHeaders, payloadHash: hash("sha256", body) },
  );
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", timestamp, scope, hash("sha256", canonical)].join("\n");
  const signingKey = deriveKey(key.secretAccessKey, { date, region }, service);
  const signature = createHmac("sha256", signingKey).update(toSign).digest("hex");
  const credential = `Credential=${key.accessKeyId}/${scope}`;
  return {
    ...own,
    authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${signedHeaders.join(";")}, Signature=${signature}`,
  };
}
