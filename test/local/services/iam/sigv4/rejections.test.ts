import assert from "node:assert/strict";
import { hash } from "node:crypto";
import {
  canonicalRequest,
  type SignedRequest,
} from "../../../../../local/services/iam/sigv4/canonicalRequest";
import { ChunkVerifier } from "../../../../../local/services/iam/sigv4/chunkVerifier";
import { SignatureError } from "../../../../../local/services/iam/sigv4/signatureError";
import { verifySignature } from "../../../../../local/services/iam/sigv4/verifySignature";

/** The example account of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
const ID = "AKIAIOSFODNN7EXAMPLE";
const SECRET_ACCESS_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const DAY = "2013-05-24T00:00:00Z";
const SIGNATURE = "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41";
const MALFORMED =
  'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".';

interface Change {
  readonly scope?: string;
  readonly signedHeaders?: string;
  readonly signature?: string;
  readonly date?: string;
  readonly headers?: SignedRequest["headers"];
  readonly url?: string;
}

/** AWS's example of a GET, signed by its header, but for one change. */
function signed({
  scope = `${ID}/20130524/us-east-1/s3/aws4_request`,
  ...change
}: Change = {}): SignedRequest {
  const names = change.signedHeaders ?? "host;range;x-amz-content-sha256;x-amz-date";
  return {
    method: "GET",
    url: change.url ?? "/test.txt",
    headers: {
      host: "examplebucket.s3.amazonaws.com",
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=${names}, Signature=${change.signature ?? SIGNATURE}`,
      range: "bytes=0-9",
      "x-amz-content-sha256": hash("sha256", ""),
      "x-amz-date": change.date ?? "20130524T000000Z",
      ...change.headers,
    },
  };
}

/** AWS's example of a presigned GET, but for some parameters; an empty string leaves one out. */
function presigned(parameters: Readonly<Record<string, string>> = {}): SignedRequest {
  const query = {
    Algorithm: "AWS4-HMAC-SHA256",
    Credential: `${ID}/20130524/us-east-1/s3/aws4_request`,
    Date: "20130524T000000Z",
    Expires: "86400",
    SignedHeaders: "host",
    Signature: "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
    ...parameters,
  };
  const pairs = Object.entries(query).filter(([, value]) => value !== "");
  return {
    method: "GET",
    url: `/test.txt?${pairs.map(([name, value]) => `X-Amz-${name}=${encodeURIComponent(value)}`).join("&")}`,
    headers: { host: "examplebucket.s3.amazonaws.com" },
  };
}

interface Asked {
  readonly at?: string;
  readonly service?: string;
  readonly sessionToken?: string;
}

/** The status, code, message and details of the error, or the payload's hash where the signature holds. */
async function verify(request: SignedRequest, { at = DAY, service = "s3", sessionToken }: Asked = {}) {
  const lookup = (id: string) =>
    id === ID ? { secretAccessKey: SECRET_ACCESS_KEY, sessionToken } : undefined;
  try {
    return (await verifySignature(request, lookup, { service, now: Date.parse(at) })).payloadHash;
  } catch (error) {
    assert.ok(error instanceof SignatureError);
    assert.equal(error.name, "SignatureError");
    return [error.status, error.code, error.message];
  }
}

describe("A signed request is rejected in AWS's words", () => {
  const header = (message: string) => [400, "AuthorizationHeaderMalformed", message];
  const query = (message: string) => [400, "AuthorizationQueryParametersError", message];
  const rejected: readonly [title: string, request: SignedRequest, error: unknown, asked?: Asked][] = [
    ...[
      `${ID}/20130524/us-east-1/s3`,
      `${ID}/20130524/us-east-1/s3/aws5_request`,
      `/20130524/us-east-1/s3/aws4_request`,
      `${ID}//us-east-1/s3/aws4_request`,
      `${ID}/20130524//s3/aws4_request`,
      `${ID}/20130524/us-east-1//aws4_request`,
      "",
    ].map(
      (scope) =>
        [
          `with the credential "${scope}"`,
          signed({ scope }),
          header(`The authorization header is malformed; ${MALFORMED}`),
        ] as [string, SignedRequest, unknown],
    ),
    [
      "with a malformed credential in the query",
      presigned({ Credential: `${ID}/20130524` }),
      query(`Error parsing the X-Amz-Credential parameter; ${MALFORMED}`),
    ],
    ...["", `x${SIGNATURE}`, `${SIGNATURE}0`, SIGNATURE.slice(1), SIGNATURE.toUpperCase()].map(
      (signature) =>
        [
          `with the signature "${signature}"`,
          signed({ signature }),
          header("SignedHeaders and Signature (64 hexadecimal digits) are required."),
        ] as [string, SignedRequest, unknown],
    ),
    [
      "without signed headers",
      signed({ signedHeaders: "" }),
      header("SignedHeaders and Signature (64 hexadecimal digits) are required."),
    ],
    ...["20130524T000000", "x20130524T000000Z", "20130524T000000Zx", "20130524"].map(
      (date) =>
        [
          `at the time "${date}"`,
          signed({ date }),
          header("X-Amz-Date must be in the ISO8601 form YYYYMMDDTHHMMSSZ."),
        ] as [string, SignedRequest, unknown],
    ),
    [
      "without a time",
      signed({ headers: { "x-amz-date": undefined } }),
      header("X-Amz-Date must be in the ISO8601 form YYYYMMDDTHHMMSSZ."),
    ],
    ["on the 45th", signed({ date: "20130545T000000Z" }), header("X-Amz-Date names no point in time.")],
    [
      "by another mechanism",
      signed({ headers: { authorization: "AWS4-ECDSA-P256-SHA256 Credential=a" } }),
      header("The authorization mechanism must be AWS4-HMAC-SHA256."),
    ],
    [
      "by nothing",
      signed({ headers: { authorization: undefined } }),
      [403, "MissingAuthenticationToken", "Missing Authentication Token"],
    ],
    ...["Algorithm", "Credential", "Signature", "Date", "SignedHeaders", "Expires"].map(
      (name) =>
        [
          `without X-Amz-${name} in the query`,
          presigned({ [name]: "" }),
          query(
            "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
          ),
        ] as [string, SignedRequest, unknown],
    ),
    [
      "by another mechanism in the query",
      presigned({ Algorithm: "AWS4-ECDSA-P256-SHA256" }),
      query('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"'),
    ],
    ...["-1", "604801", "1.5", "soon"].map(
      (Expires) =>
        [
          `with the lifetime "${Expires}"`,
          presigned({ Expires }),
          query("X-Amz-Expires must be a number from 0 to 604800 (in seconds)"),
        ] as [string, SignedRequest, unknown],
    ),
    [
      "for another service",
      signed({ scope: `${ID}/20130524/us-east-1/lambda/aws4_request` }),
      header('The credential scope names service "lambda"; expecting "s3".'),
    ],
    [
      "for another service in the query",
      presigned({ Credential: `${ID}/20130524/us-east-1/lambda/aws4_request` }),
      query('The credential scope names service "lambda"; expecting "s3".'),
    ],
    [
      "by another day's key",
      signed({ scope: `${ID}/20130523/us-east-1/s3/aws4_request` }),
      header('Invalid credential date "20130523". This date is not the same as X-Amz-Date: "20130524".'),
    ],
    [
      "16 minutes late",
      signed(),
      [
        403,
        "RequestTimeTooSkewed",
        "The difference between the request time and the current time is too large.",
      ],
      { at: "2013-05-24T00:16:00Z" },
    ],
    [
      "after it expired",
      presigned(),
      [403, "AccessDenied", "Request has expired"],
      { at: "2013-05-25T00:00:01Z" },
    ],
    [
      "before it is valid",
      presigned(),
      [403, "AccessDenied", "Request is not yet valid"],
      { at: "2013-05-23T23:44:00Z" },
    ],
    [
      "by an unknown key",
      signed({ scope: "AKIAOTHER/20130524/us-east-1/s3/aws4_request" }),
      [403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."],
    ],
    [
      "without the key's token",
      signed(),
      [400, "InvalidToken", "The provided token is malformed or otherwise invalid."],
      { sessionToken: "token" },
    ],
    [
      "by another key",
      signed({ signature: "0".repeat(64) }),
      [
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
      ],
    ],
    [
      "by another key to another service",
      signed({ scope: `${ID}/20130524/us-east-1/lambda/aws4_request` }),
      [
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
      ],
      { service: "lambda" },
    ],
    [
      "with headers that are not signed",
      signed({ headers: { "x-amz-b": "1", "x-amz-a": "2" } }),
      [403, "AccessDenied", "There were headers present in the request which were not signed"],
    ],
    [
      "with headers that are not signed to another service",
      signed({
        scope: `${ID}/20130524/us-east-1/lambda/aws4_request`,
        headers: { "x-amz-b": "1", "x-amz-a": "2" },
      }),
      [
        403,
        "AccessDenied",
        "There were headers present in the request which were not signed: x-amz-a, x-amz-b",
      ],
      { service: "lambda" },
    ],
    [
      "without a signed host to another service",
      signed({
        scope: `${ID}/20130524/us-east-1/lambda/aws4_request`,
        signedHeaders: "range;x-amz-content-sha256;x-amz-date",
      }),
      [403, "AccessDenied", "There were headers present in the request which were not signed: host"],
      { service: "lambda" },
    ],
    [
      "with another body than its header says",
      { ...signed(), bodyHash: hash("sha256", "other") },
      [
        400,
        "XAmzContentSHA256Mismatch",
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
      ],
    ],
    [
      "with a path that is not encoded",
      signed({ url: "/%zz" }),
      [400, "InvalidURI", "Couldn't parse the specified URI."],
    ],
  ];
  for (const [title, request, error, asked] of rejected) {
    it(title, async () => assert.deepEqual(await verify(request, asked), error));
  }

  it("It is accepted at both ends of what is allowed", async () => {
    assert.equal(await verify(presigned()), "UNSIGNED-PAYLOAD");
    assert.equal((await verify(presigned({ Expires: "0" })))[1], "SignatureDoesNotMatch");
    assert.equal((await verify(presigned({ Expires: "604800" })))[1], "SignatureDoesNotMatch");
    assert.equal(await verify(signed(), { at: "2013-05-24T00:15:00Z" }), hash("sha256", ""));
    assert.equal(await verify(presigned(), { at: "2013-05-23T23:45:00Z" }), "UNSIGNED-PAYLOAD");
  });
});

describe("canonicalRequest", () => {
  const signing = { service: "s3", signedHeaders: ["host"], payloadHash: "hash" };
  const request = { method: "GET", headers: { host: ["a", " b   c "] } };

  it("joins a header's values, and sorts parameters by name and then by value", () => {
    assert.equal(
      canonicalRequest({ ...request, url: "/a%20b?b=2&a&b=10&a=+&&c=x=y&X-Amz-Signature=s" }, signing),
      ["GET", "/a%20b", "a=&a=%20&b=10&b=2&c=x%3Dy", "host:a,b c\n", "host", "hash"].join("\n"),
    );
  });

  it("has a slash for an empty path, and nothing for a header that was not sent", () => {
    assert.equal(
      canonicalRequest({ ...request, url: "?" }, { ...signing, signedHeaders: ["constructor", "host"] }),
      ["GET", "/", "", "constructor:\nhost:a,b c\n", "constructor;host", "hash"].join("\n"),
    );
  });
});

describe("ChunkVerifier", () => {
  /** The example of https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html */
  const request: SignedRequest = {
    method: "PUT",
    url: "/examplebucket/chunkObject.txt",
    headers: {
      host: "s3.amazonaws.com",
      authorization: `AWS4-HMAC-SHA256 Credential=${ID}/20130524/us-east-1/s3/aws4_request,SignedHeaders=content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer,Signature=106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e`,
      "content-encoding": "aws-chunked",
      "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
      "x-amz-date": "20130524T000000Z",
      "x-amz-decoded-content-length": "66560",
      "x-amz-storage-class": "REDUCED_REDUNDANCY",
      "x-amz-trailer": "x-amz-checksum-crc32c",
    },
  };
  const chunks: readonly [bytes: number, signature: string][] = [
    [65_536, "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2"],
    [1_024, "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7"],
    [0, "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992"],
  ];
  const TRAILER = "x-amz-checksum-crc32c:sOO8/Q==";
  const TRAILER_SIGNATURE = "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435";

  async function afterChunks(): Promise<ChunkVerifier> {
    const lookup = () => ({ secretAccessKey: SECRET_ACCESS_KEY });
    const verifier = new ChunkVerifier(
      await verifySignature(request, lookup, { service: "s3", now: Date.parse(DAY) }),
    );
    for (const [bytes, signature] of chunks) verifier.chunk(hash("sha256", "a".repeat(bytes)), signature);
    return verifier;
  }

  it("takes the chunks and the trailer of AWS's example", async () => {
    (await afterChunks()).trailer([TRAILER], TRAILER_SIGNATURE);
  });

  it("rejects another trailer, or one without its signature", async () => {
    const error = { code: "SignatureDoesNotMatch", message: "A chunk's signature does not match its data." };
    const verifier = await afterChunks();
    assert.throws(() => verifier.trailer(["x-amz-checksum-crc32c:AAAAAA=="], TRAILER_SIGNATURE), error);
    assert.throws(() => verifier.trailer([TRAILER, TRAILER], TRAILER_SIGNATURE), error);
    assert.throws(() => verifier.trailer([TRAILER], undefined), error);
  });
});
