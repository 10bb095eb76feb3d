import assert from "node:assert/strict";
import { hash } from "node:crypto";
import type { SignedRequest } from "../../../../../local/services/iam/sigv4/canonicalRequest";
import { ChunkVerifier } from "../../../../../local/services/iam/sigv4/chunkVerifier";
import { SignatureError } from "../../../../../local/services/iam/sigv4/signatureError";
import { verifySignature } from "../../../../../local/services/iam/sigv4/verifySignature";

/** The examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html and its sister pages. */
const ID = "AKIAIOSFODNN7EXAMPLE";
const SECRET_ACCESS_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const day = Date.parse("2013-05-24T00:00:00Z");
const emptyHash = hash("sha256", "");
const lookup = (accessKeyId: string) =>
  accessKeyId === ID ? { secretAccessKey: SECRET_ACCESS_KEY } : undefined;

function authorization(signedHeaders: string, signature: string, service = "s3"): string {
  return `AWS4-HMAC-SHA256 Credential=${ID}/20130524/us-east-1/${service}/aws4_request,SignedHeaders=${signedHeaders},Signature=${signature}`;
}

const getObject: SignedRequest = {
  method: "GET",
  url: "/test.txt",
  headers: {
    host: "examplebucket.s3.amazonaws.com",
    authorization: authorization(
      "host;range;x-amz-content-sha256;x-amz-date",
      "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    ),
    range: "bytes=0-9",
    "x-amz-content-sha256": emptyHash,
    "x-amz-date": "20130524T000000Z",
  },
};

const presigned: SignedRequest = {
  method: "GET",
  url: `/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${ID}%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`,
  headers: { host: "examplebucket.s3.amazonaws.com" },
};

async function rejection(request: SignedRequest, { now = day, service = "s3" } = {}): Promise<string> {
  try {
    await verifySignature(request, lookup, { service, now });
  } catch (error) {
    assert.ok(error instanceof SignatureError);
    return `${error.status} ${error.code}`;
  }
  return "none";
}

function withHeaders(headers: SignedRequest["headers"]): SignedRequest {
  return { ...getObject, headers: { ...getObject.headers, ...headers } };
}

describe("verifySignature", () => {
  it("takes AWS's example of a signed GET with a range", async () => {
    const { signingKey, ...verified } = await verifySignature(getObject, lookup, { service: "s3", now: day });
    assert.deepEqual(verified, {
      accessKeyId: ID,
      payloadHash: emptyHash,
      signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
      timestamp: "20130524T000000Z",
      time: Date.UTC(2013, 4, 24),
      scope: "20130524/us-east-1/s3/aws4_request",
    });
    assert.equal(signingKey.length, 32);
  });

  it("takes AWS's example of a list, whose query is signed too", async () => {
    const list = {
      method: "GET",
      url: "/?max-keys=2&prefix=J",
      headers: {
        ...getObject.headers,
        range: undefined,
        authorization: authorization(
          "host;x-amz-content-sha256;x-amz-date",
          "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        ),
      },
    };
    assert.equal(await rejection(list), "none");
    assert.equal(await rejection({ ...list, url: "/?prefix=J&max-keys=2" }), "none");
    assert.equal(await rejection({ ...list, url: "/?max-keys=3&prefix=J" }), "403 SignatureDoesNotMatch");
  });

  it("takes AWS's example of a presigned URL until it expires", async () => {
    assert.equal(await rejection(presigned, { now: day + 86_400_000 }), "none");
    assert.equal(await rejection(presigned, { now: day + 86_400_001 }), "403 AccessDenied");
    assert.equal(await rejection(presigned, { now: day - 900_001 }), "403 AccessDenied");
    assert.equal(await rejection({ ...presigned, method: "PUT" }), "403 SignatureDoesNotMatch");
  });

  it("takes AWS's example of a body signed chunk by chunk, and no other chunk", async () => {
    const request = {
      method: "PUT",
      url: "/examplebucket/chunkObject.txt",
      headers: {
        host: "s3.amazonaws.com",
        authorization: authorization(
          "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class",
          "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
        ),
        "content-encoding": "aws-chunked",
        "content-length": "66824",
        "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "x-amz-date": "20130524T000000Z",
        "x-amz-decoded-content-length": "66560",
        "x-amz-storage-class": "REDUCED_REDUNDANCY",
      },
    };
    const verified = await verifySignature(request, lookup, { service: "s3", now: day });
    const hashOf = (size: number) => hash("sha256", "a".repeat(size));
    const chunks: [size: number, signature: string][] = [
      [65_536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"],
      [1_024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"],
      [0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"],
    ];
    const verifier = new ChunkVerifier(verified);
    for (const [size, signature] of chunks) verifier.chunk(hashOf(size), signature);
    const changed = new ChunkVerifier(verified);
    assert.throws(() => changed.chunk(hashOf(65_535), chunks[0]?.[1]), { code: "SignatureDoesNotMatch" });
  });

  it("rejects what was changed after it was signed", async () => {
    assert.equal(await rejection({ ...getObject, url: "/test.txtx" }), "403 SignatureDoesNotMatch");
    assert.equal(await rejection(withHeaders({ range: "bytes=0-10" })), "403 SignatureDoesNotMatch");
    assert.equal(await rejection(withHeaders({ "x-amz-meta-a": "b" })), "403 AccessDenied");
  });

  it("rejects a clock that is more than 15 minutes off", async () => {
    assert.equal(await rejection(getObject, { now: day + 900_000 }), "none");
    assert.equal(await rejection(getObject, { now: day - 900_000 }), "none");
    assert.equal(await rejection(getObject, { now: day + 900_001 }), "403 RequestTimeTooSkewed");
    assert.equal(await rejection(getObject, { now: day - 900_001 }), "403 RequestTimeTooSkewed");
  });

  it("rejects other services' signatures, unknown keys, and what is not signed or not readable", async () => {
    assert.equal(
      await rejection(withHeaders({ authorization: authorization("host", "0".repeat(64), "lambda") })),
      "400 AuthorizationHeaderMalformed",
    );
    assert.equal(
      await rejection(
        withHeaders({ authorization: String(getObject.headers.authorization).replace(ID, "AKIAOTHER") }),
      ),
      "403 InvalidAccessKeyId",
    );
    assert.equal(
      await rejection(withHeaders({ authorization: undefined })),
      "403 MissingAuthenticationToken",
    );
    assert.equal(
      await rejection(withHeaders({ authorization: "Bearer x" })),
      "400 AuthorizationHeaderMalformed",
    );
    assert.equal(
      await rejection({ ...presigned, url: presigned.url.replace("Expires=86400", "Expires=604801") }),
      "400 AuthorizationQueryParametersError",
    );
    assert.equal(await rejection({ ...getObject, url: "/%zz" }), "400 InvalidURI");
  });

  it("asks temporary credentials for their session token", async () => {
    const temporary = () => ({ secretAccessKey: SECRET_ACCESS_KEY, sessionToken: "token" });
    await assert.rejects(verifySignature(getObject, temporary, { service: "s3", now: day }), {
      code: "InvalidToken",
    });
  });

  it("rejects a signature whose key is for another day than the request", async () => {
    const { authorization } = getObject.headers;
    const yesterday = String(authorization).replace("/20130524/", "/20130523/");
    assert.equal(
      await rejection(withHeaders({ authorization: yesterday })),
      "400 AuthorizationHeaderMalformed",
    );
  });

  it("rejects a body other than the one whose hash is signed", async () => {
    const bodyHash = hash("sha256", "other");
    assert.equal(await rejection({ ...getObject, bodyHash }), "400 XAmzContentSHA256Mismatch");
    assert.equal(await rejection({ ...getObject, bodyHash: emptyHash }), "none");
  });

  // Signature Version 4 Test Suite, which AWS published with its first documentation of it.
  const suite: [title: string, method: string, url: string, body: string, signature: string][] = [
    ["a plain GET", "GET", "/", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"],
    [
      "dot segments",
      "GET",
      "/example1/example2/../..",
      "",
      "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    ],
    ["doubled slashes", "GET", "//", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"],
    [
      "an unordered query",
      "GET",
      "/?Param2=value2&Param1=value1",
      "",
      "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    ],
    ["a plain POST", "POST", "/", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"],
  ];
  for (const [title, method, url, body, signature] of suite) {
    it(`takes ${title} of a service other than S3`, async () => {
      const request = {
        method,
        url,
        bodyHash: hash("sha256", body),
        headers: {
          host: "example.amazonaws.com",
          "x-amz-date": "20150830T123600Z",
          authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`,
        },
      };
      const secret = () => ({ secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" });
      const now = Date.parse("2015-08-30T12:36:00Z");
      const { accessKeyId } = await verifySignature(request, secret, { service: "service", now });
      assert.equal(accessKeyId, "AKIDEXAMPLE");
    });
  }
});
