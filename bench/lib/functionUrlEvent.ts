import fs from "node:fs";
import path from "node:path";
import { PROJECT_ROOT } from "../../infra/packaging/paths";

/**
 * The event of a function URL as JSON: what a `POST` by curl becomes.
 *
 * @param more  Fields of the request besides those of the card's first sample.
 */
export function functionUrlEvent(endpoint: string, more: object = {}): string {
  const file = path.join(PROJECT_ROOT, "functions", endpoint, "model/card.json");
  const { samples } = JSON.parse(fs.readFileSync(file, "utf8"));
  const { path: rawPath = "/", request } = samples[0];
  const body = JSON.stringify({ ...request, ...more });
  const host = "abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws";
  return JSON.stringify({
    version: "2.0",
    routeKey: "$default",
    rawPath,
    rawQueryString: "",
    headers: {
      "content-length": String(body.length),
      "x-amzn-tls-version": "TLSv1.3",
      "x-forwarded-proto": "https",
      "x-forwarded-port": "443",
      "x-forwarded-for": "192.0.2.1",
      accept: "*/*",
      "x-amzn-tls-cipher-suite": "TLS_AES_128_GCM_SHA256",
      "x-amzn-trace-id": "Root=1-00000000-000000000000000000000000",
      host,
      "content-type": "application/x-www-form-urlencoded",
      "user-agent": "curl/8.5.0",
    },
    requestContext: {
      accountId: "anonymous",
      apiId: host.split(".", 1)[0],
      domainName: host,
      domainPrefix: host.split(".", 1)[0],
      http: {
        method: "POST",
        path: rawPath,
        protocol: "HTTP/1.1",
        sourceIp: "192.0.2.1",
        userAgent: "curl/8.5.0",
      },
      requestId: "00000000-0000-4000-8000-000000000000",
      routeKey: "$default",
      stage: "$default",
      time: "21/Nov/2026:09:00:00 +0000",
      timeEpoch: 1795251600000,
    },
    body,
    isBase64Encoded: false,
  });
}
