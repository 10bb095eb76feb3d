import assert from "node:assert/strict";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { LocalS3 } from "../../../helpers/services/localS3";

describe("S3's CORS", () => {
  let s3: LocalS3;
  let url: string;
  before(async () => {
    s3 = await LocalS3.start();
    await s3.service.configureBucket("bucket", {
      corsRules: [
        {
          AllowedOrigins: ["https://*.example.com"],
          AllowedMethods: ["PUT", "POST"],
          AllowedHeaders: ["content-*"],
          ExposeHeaders: ["ETag"],
          MaxAgeSeconds: 600,
        },
        { AllowedOrigins: ["*"], AllowedMethods: ["GET"] },
      ],
    });
    const client = s3.client({ requestChecksumCalculation: "WHEN_REQUIRED" });
    url = await getSignedUrl(client, new PutObjectCommand({ Bucket: "bucket", Key: "key" }));
  });
  after(() => s3.stop());

  const ask = async (method: string, headers: Record<string, string>, body?: string) => {
    const response = await fetch(url, { method, headers, body });
    const cors = [...response.headers].filter(
      ([name]) => name.startsWith("access-control-") || name === "vary",
    );
    return { status: response.status, ...Object.fromEntries(cors) };
  };
  const vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";
  const allowed = {
    "access-control-allow-credentials": "true",
    "access-control-allow-methods": "PUT, POST",
    "access-control-allow-origin": "https://app.example.com",
    "access-control-expose-headers": "ETag",
    "access-control-max-age": "600",
    vary,
  };
  const preflight = (origin: string, method: string, requested?: string) =>
    ask("OPTIONS", {
      origin,
      "access-control-request-method": method,
      ...(requested && { "access-control-request-headers": requested }),
    });

  it("answers a preflight as the first rule that fits says", async () => {
    assert.deepEqual(await preflight("https://app.example.com", "PUT", "Content-Type"), {
      status: 200,
      ...allowed,
      "access-control-allow-headers": "content-type",
    });
    assert.deepEqual(await preflight("https://elsewhere.org", "GET"), {
      status: 200,
      "access-control-allow-methods": "GET",
      "access-control-allow-origin": "*",
      vary,
    });
  });

  it("rejects a preflight of another origin, method or header", async () => {
    for (const [origin, method, requested] of [
      ["https://elsewhere.org", "PUT"],
      ["https://example.com", "PUT"],
      ["https://app.example.com", "DELETE"],
      ["https://app.example.com", "PUT", "content-type, x-other"],
    ] as const) {
      assert.deepEqual(await preflight(origin, method, requested), { status: 403 });
    }
  });

  it("says why it rejects a preflight, as AWS's recorded responses do", async () => {
    await s3.service.createBucket("without-rules");
    const reason = async (path: string, headers: Record<string, string>) => {
      const response = await fetch(s3.endpoint + path, { method: "OPTIONS", headers });
      const [, ...parts] =
        /<Code>(.*)<\/Code><Message>(.*?)<\/Message>(?:<Method>(.*)<\/Method><ResourceType>(.*)<\/ResourceType>)?/.exec(
          await response.text(),
        ) ?? [];
      return [response.status, ...parts];
    };
    const origin = { origin: "https://app.example.com" };
    const put = { ...origin, "access-control-request-method": "PUT" };
    const insufficient = "Insufficient information. Origin request header needed.";
    const missing = "CORSResponse: Bucket not found";
    const off = "CORSResponse: CORS is not enabled for this bucket.";
    const noMethod = "Invalid Access-Control-Request-Method: null";
    assert.deepEqual(
      [
        await reason("/without-rules/key", {}),
        await reason("/without-rules/key", origin),
        await reason("/without-rules/key", put),
        await reason("/nobucket/key", origin),
        await reason("/bucket/key", origin),
      ],
      [
        [400, "BadRequest", insufficient, undefined, undefined],
        [403, "AccessForbidden", off, "OPTIONS", "BUCKET"],
        [403, "AccessForbidden", off, "PUT", "BUCKET"],
        [403, "AccessForbidden", missing, "OPTIONS", "BUCKET"],
        [400, "BadRequest", noMethod, undefined, undefined],
      ],
    );
  });

  it("lets a browser read the response to an upload, and the reason for a rejection", async () => {
    const origin = "https://app.example.com";
    assert.deepEqual(await ask("PUT", { origin }, "x"), { status: 200, ...allowed });
    assert.deepEqual(await ask("POST", { origin }, "x"), { status: 403, ...allowed });
    assert.deepEqual(await ask("PUT", { origin: "https://elsewhere.org" }, "x"), { status: 200 });
    const asked = { origin, "access-control-request-method": "DELETE" };
    assert.deepEqual(await ask("PUT", asked, "x"), { status: 200 });
  });
});
