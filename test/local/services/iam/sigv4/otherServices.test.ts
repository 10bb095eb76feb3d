import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";
import { SignatureError } from "../../../../../local/services/iam/sigv4/signatureError";
import { signatureRejection } from "../../../../../local/services/iam/sigv4/signatureRejection";
import { verifySignature } from "../../../../../local/services/iam/sigv4/verifySignature";
import { Sha256 } from "../../../../helpers/http/sha256";

const credentials = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "secret", sessionToken: "to/k+e=n" };
const now = Date.parse("2026-01-02T12:00:00Z");
const MINUTES = 60_000;

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

interface Signing {
  readonly region?: string;
  readonly service?: string;
  /** ms since 1970. */
  readonly at?: number;
  /** Seconds: signs in the query. */
  readonly expiresIn?: number;
  readonly path?: string;
  readonly query?: Record<string, string | string[]>;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** A POST as the AWS SDK's own signer signs it. */
async function sign(options: Signing = {}): Promise<Sent> {
  const { region = "us-east-1", service = "lambda", at = now, expiresIn, path = "/a", body = "{}" } = options;
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const request = {
    method: "POST",
    protocol: "http:",
    hostname: "127.0.0.1",
    path,
    query: options.query ?? {},
    headers: { host: "127.0.0.1:4110", ...options.headers },
    body,
  };
  const signingDate = new Date(at);
  const signed =
    expiresIn === undefined
      ? await signer.sign(request, { signingDate })
      : await signer.presign(request, { signingDate, expiresIn });
  const query = Object.entries(signed.query ?? {})
    .flatMap(([name, values]) => [values ?? ""].flat().map((value) => `${encode(name)}=${encode(value)}`))
    .join("&");
  const headers = Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    method: "POST",
    url: path + (query && `?${query}`),
    headers: Object.fromEntries(headers),
    body,
  };
}

/** Encodes a text as a browser does, which is less than Signature Version 4 does: `'` and `*` stay. */
const encode = encodeURIComponent;

/** Gives what Lambda would answer; "let in" where the signature holds. */
async function response({ body, ...request }: Sent, at = now): Promise<unknown> {
  const bodyHash = hash("sha256", body);
  const lookup = (id: string) => (id === credentials.accessKeyId ? credentials : undefined);
  try {
    await verifySignature({ ...request, bodyHash }, lookup, {
      service: "lambda",
      region: "us-east-1",
      now: at,
    });
    return "let in";
  } catch (error) {
    assert.ok(error instanceof SignatureError);
    return signatureRejection(error);
  }
}

const invalid = (message: string) => ({ type: "InvalidSignatureException", message });
const mismatch = invalid(
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
);
const unknownClient = {
  type: "UnrecognizedClientException",
  message: "The security token included in the request is invalid.",
};

describe("a signature for another service than S3", () => {
  it("names a session that has expired by the services' own exception", () => {
    const error = new SignatureError("ExpiredToken", "The provided token has expired.");
    assert.deepEqual(signatureRejection(error), {
      type: "ExpiredTokenException",
      message: "The security token included in the request is expired",
    });
  });

  it("holds for any path, query, header and body that the AWS SDK signs, in header and query", async () => {
    const text = fc.string({ unit: fc.constantFrom(..."aB0-_.~!'()*+ %/ü€:@&=$,;?#["), maxLength: 6 });
    const request = fc.record({
      path: fc.array(text, { maxLength: 4 }).map((segments) => `/${segments.map(encode).join("/")}`),
      query: fc.dictionary(text, fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })), {
        maxKeys: 3,
      }),
      headers: fc.record({ "Content-Type": fc.constant("text/plain"), "X-Spaces": fc.constant("  a   b ") }),
      body: text,
      expiresIn: fc.option(fc.constant(60), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(request, async (options) => {
        assert.equal(await response(await sign(options)), "let in");
      }),
      { numRuns: 300 },
    );
  });

  it("takes a parameter without a value as one with an empty value, and + as a space", async () => {
    const sent = await sign({ query: { empty: "", spaced: "a b" } });
    assert.equal(await response({ ...sent, url: "/a?spaced=a+b&empty" }), "let in");
  });

  it("holds for headers beyond ASCII, sent as Latin-1 by botocore or as the UTF-8 that Go signs", async () => {
    const sent = await sign({ headers: { "x-amz-meta-name": "é ü" } });
    const as = (value: string) =>
      response({ ...sent, headers: { ...sent.headers, "x-amz-meta-name": value } });
    // Node.js reads each byte of a header as a character.
    const bytes = Buffer.from("é ü").toString("latin1");
    assert.deepEqual([await as("é ü"), await as(bytes), await as("é u")], ["let in", "let in", mismatch]);
  });

  it("takes the time from Date where X-Amz-Date is missing, as botocore signs one", async () => {
    // By botocore 1.44's SigV4Auth, with the header `Date` in the request.
    const sent = {
      method: "GET",
      url: "/a",
      body: "",
      headers: {
        host: "127.0.0.1:4110",
        date: "Fri, 02 Jan 2026 12:00:00 -0000",
        "x-amz-security-token": credentials.sessionToken,
        authorization:
          "AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/20260102/us-east-1/lambda/aws4_request, SignedHeaders=date;host;x-amz-security-token, Signature=581fcf19bde6f90a810e7d84b042e6ef277f60df9876de958df3afd28731177f",
      },
    };
    assert.deepEqual(
      [await response(sent), await response({ ...sent, headers: { ...sent.headers, date: "today" } })],
      [
        "let in",
        {
          type: "IncompleteSignatureException",
          message: "X-Amz-Date must be in the ISO8601 form YYYYMMDDTHHMMSSZ.",
        },
      ],
    );
  });

  it("holds for five minutes before and after, as the request's clock has it", async () => {
    const sent = await sign();
    assert.deepEqual(
      [
        await response(sent, now + 5 * MINUTES),
        await response(sent, now - 5 * MINUTES),
        await response(sent, now + 5 * MINUTES + 1000),
        await response(sent, now - 5 * MINUTES - 1000),
      ],
      [
        "let in",
        "let in",
        invalid(
          "Signature expired: 20260102T120000Z is now earlier than 20260102T120001Z (20260102T120501Z - 5 min.)",
        ),
        invalid(
          "Signature not yet current: 20260102T120000Z is still later than 20260102T115959Z (20260102T115459Z + 5 min.)",
        ),
      ],
    );
  });

  it("holds in a query until it expires", async () => {
    const sent = await sign({ expiresIn: 90 });
    assert.deepEqual(
      [await response(sent, now + 90_000), await response(sent, now + 91_000)],
      [
        "let in",
        invalid(
          "Signature expired: 20260102T120000Z is now earlier than 20260102T120001Z (20260102T120131Z - 90 sec.)",
        ),
      ],
    );
  });

  it("is for one service, region and day", async () => {
    const otherDay = await sign();
    otherDay.headers.authorization = String(otherDay.headers.authorization).replace("20260102", "20260101");
    assert.deepEqual(
      [await response(await sign({ service: "execute-api", region: "eu-west-1" })), await response(otherDay)],
      [
        invalid(
          "Credential should be scoped to a valid region, not 'eu-west-1'. Credential should be scoped to correct service: 'lambda'.",
        ),
        invalid(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260101' != '20260102', from '20260102T120000Z'.",
        ),
      ],
    );
  });

  it("covers the body, whatever the header says of its hash", async () => {
    const sent = await sign();
    const unsigned = await sign({ headers: { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } });
    assert.deepEqual(
      [await response({ ...sent, body: "[]" }), await response(unsigned)],
      [mismatch, mismatch],
    );
  });

  it("needs the session's token and a key that exists", async () => {
    const sent = await sign();
    const { "x-amz-security-token": _, ...tokenless } = sent.headers;
    const stranger = String(sent.headers.authorization).replace("ASIAEXAMPLE", "ASIANOBODY");
    assert.deepEqual(
      [
        await response({ ...sent, headers: tokenless }),
        await response({ ...sent, headers: { ...sent.headers, "x-amz-security-token": "another" } }),
        await response({ ...sent, headers: { ...sent.headers, authorization: stranger } }),
      ],
      [unknownClient, unknownClient, unknownClient],
    );
  });

  it("may name any header as signed, one that is not there as well", async () => {
    const sent = await sign({ headers: { constructor: "a" } });
    const authorization = String(sent.headers.authorization).replace("constructor;", "constructor;valueOf;");
    assert.deepEqual(
      [await response(sent), await response({ ...sent, headers: { ...sent.headers, authorization } })],
      ["let in", mismatch],
    );
  });

  it("covers each x-amz header, and is said to be incomplete where it cannot be read", async () => {
    const sent = await sign();
    assert.deepEqual(
      [
        await response({ ...sent, headers: { ...sent.headers, "x-amz-target": "a" } }),
        await response({ ...sent, headers: { ...sent.headers, authorization: "Bearer a" } }),
      ],
      [
        invalid("There were headers present in the request which were not signed: x-amz-target"),
        {
          type: "IncompleteSignatureException",
          message: "The authorization mechanism must be AWS4-HMAC-SHA256.",
        },
      ],
    );
  });
});
