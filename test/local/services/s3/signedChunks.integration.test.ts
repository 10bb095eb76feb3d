import assert from "node:assert/strict";
import { createHmac, hash } from "node:crypto";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { canonicalRequest } from "../../../../local/services/iam/sigv4/canonicalRequest";
import { LocalS3, rejection, rootKey } from "../../../helpers/services/localS3";

/** No SDK of today signs chunks, older ones (Java, Go, C++) do; so this test signs them as AWS documents it. */
describe("S3's bodies signed chunk by chunk", () => {
  let s3: LocalS3;
  beforeEach(async () => {
    s3 = await LocalS3.start();
  });
  afterEach(() => s3.stop());

  const sha256 = (text: string) => hash("sha256", text);
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

  async function put(
    chunks: readonly string[],
    sent = chunks,
    length = sent.join("").length,
  ): Promise<[number, string | undefined]> {
    const timestamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const date = timestamp.slice(0, 8);
    const scope = `${date}/eu-central-1/s3/aws4_request`;
    const payloadHash = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    const headers: Record<string, string> = {
      "content-encoding": "aws-chunked",
      host: new URL(s3.endpoint).host,
      "x-amz-content-sha256": payloadHash,
      "x-amz-date": timestamp,
      "x-amz-decoded-content-length": String(length),
      "x-amz-trailer": "x-amz-checksum-sha256",
    };
    const signedHeaders = Object.keys(headers);
    const request = { method: "PUT", url: "/bucket/key", headers };
    const canonical = canonicalRequest(request, { service: "s3", signedHeaders, payloadHash });
    let key = hmac(`AWS4${rootKey.secretAccessKey}`, date);
    for (const part of ["eu-central-1", "s3", "aws4_request"]) key = hmac(key, part);
    const sign = (algorithm: string, ...lines: string[]) =>
      hmac(key, [algorithm, timestamp, scope, ...lines].join("\n")).toString("hex");
    let signature = sign("AWS4-HMAC-SHA256", sha256(canonical));
    const authorization = `AWS4-HMAC-SHA256 Credential=ROOT/${scope}, SignedHeaders=${signedHeaders.join(";")}, Signature=${signature}`;
    let body = "";
    for (const [i, chunk] of [...chunks, ""].entries()) {
      signature = sign("AWS4-HMAC-SHA256-PAYLOAD", signature, sha256(""), sha256(chunk));
      const data = sent[i] ?? "";
      body += `${data.length.toString(16)};chunk-signature=${signature}\r\n${data}${data && "\r\n"}`;
    }
    const trailer = `x-amz-checksum-sha256:${hash("sha256", sent.join(""), "base64")}`;
    const trailerSignature = sign("AWS4-HMAC-SHA256-TRAILER", signature, sha256(`${trailer}\n`));
    body += `${trailer}\r\nx-amz-trailer-signature:${trailerSignature}\r\n\r\n`;
    const { host: _, ...sentHeaders } = headers;
    const response = await fetch(`${s3.endpoint}${request.url}`, {
      method: "PUT",
      headers: { ...sentHeaders, authorization },
      body,
    });
    return [response.status, /<Code>(.*)<\/Code>/.exec(await response.text())?.[1]];
  }

  const read = async () => {
    const got = await s3.client().send(new GetObjectCommand({ Bucket: "bucket", Key: "key" }));
    return [await got.Body?.transformToString(), got.ContentEncoding];
  };

  it("are taken when all chunks and the trailer are as signed", async () => {
    assert.deepEqual(await put(["a".repeat(9000), "b"]), [200, undefined]);
    assert.deepEqual(await read(), [`${"a".repeat(9000)}b`, undefined]);
  });

  it("are rejected when they are not as long as was said", async () => {
    assert.deepEqual(await put(["hello"], ["hello"], 6), [400, "IncompleteBody"]);
    assert.deepEqual(await put(["hello"], ["hello"], 4), [400, "IncompleteBody"]);
  });

  it("are rejected, and leave nothing, when a chunk was changed", async () => {
    assert.deepEqual(await put(["hello", "world"], ["hello", "w0rld"]), [403, "SignatureDoesNotMatch"]);
    assert.deepEqual(await rejection(read()), { code: "NoSuchKey", status: 404 });
  });
});
