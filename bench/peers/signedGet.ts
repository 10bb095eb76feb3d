import { createHash, createHmac } from "node:crypto";
import http from "node:http";

const { AWS_ENDPOINT_URL_S3 = "", AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
const SIGNED = "host;x-amz-content-sha256;x-amz-date";
const agent = new http.Agent({ keepAlive: true });

const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const EMPTY = sha256("");

/** Gets an object with a Signature Version 4 and nothing else: no retries, no checksums, no region of the bucket. */
export function signedGet(bucket: string, key: string): Promise<Buffer> {
  const { hostname, port, host } = new URL(AWS_ENDPOINT_URL_S3);
  const path = `/${bucket}/${key}`;
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const [day, scope] = [date.slice(0, 8), `${date.slice(0, 8)}/${AWS_REGION}/s3/aws4_request`];
  const headers = [`host:${host}`, `x-amz-content-sha256:${EMPTY}`, `x-amz-date:${date}`, ""];
  const request = sha256(["GET", path, "", ...headers, SIGNED, EMPTY].join("\n"));
  const signingKey = [AWS_REGION ?? "", "s3", "aws4_request"].reduce(
    hmac,
    hmac(`AWS4${AWS_SECRET_ACCESS_KEY}`, day),
  );
  const signature = hmac(signingKey, ["AWS4-HMAC-SHA256", date, scope, request].join("\n")).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${AWS_ACCESS_KEY_ID}/${scope}, SignedHeaders=${SIGNED}, Signature=${signature}`;
  return new Promise((resolve, reject) => {
    const sent = { host, "x-amz-content-sha256": EMPTY, "x-amz-date": date, authorization };
    const get = http.get({ agent, hostname, port, path, headers: sent }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        if (response.statusCode === 200) resolve(Buffer.concat(chunks));
        else reject(new Error(`${response.statusCode} ${Buffer.concat(chunks)}`));
      });
    });
    get.on("error", reject);
  });
}
