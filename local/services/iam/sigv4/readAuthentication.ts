import { headerValue, queryParameters, type SignedRequest } from "./canonicalRequest";
import { SignatureError, type SignatureErrorCode } from "./signatureError";

/** Who says to have signed a request, when, and over what; nothing of it is checked yet. */
export interface Authentication {
  readonly accessKeyId: string;
  /** `20260102` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20260102T030405Z`, and the same in milliseconds since 1970. */
  readonly timestamp: string;
  readonly time: number;
  /** Seconds a presigned request is good for; `undefined` where the header signs. */
  readonly expires?: number;
  readonly sessionToken?: string;
}

const ALGORITHM = "AWS4-HMAC-SHA256";
/** Seven days, the longest a presigned URL may live. */
const MAX_EXPIRES = 604_800;

const QUERY_PARAMETERS = [
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Signature",
  "X-Amz-Date",
  "X-Amz-SignedHeaders",
  "X-Amz-Expires",
];

/** Reads the `Authorization` header or, without one, the `X-Amz-…` parameters of the query. */
export function readAuthentication(request: SignedRequest): Authentication {
  const header = headerValue(request, "authorization");
  if (header !== undefined) return fromHeader(request, header);
  const at = request.url.indexOf("?");
  const query = new Map(at < 0 ? [] : queryParameters(request.url.slice(at + 1)));
  if (query.has("X-Amz-Signature") || query.has("X-Amz-Algorithm")) return fromQuery(query);
  throw new SignatureError("MissingAuthenticationToken", "Missing Authentication Token");
}

function fromHeader(request: SignedRequest, header: string): Authentication {
  const code = "AuthorizationHeaderMalformed";
  if (!header.startsWith(`${ALGORITHM} `)) {
    throw new SignatureError(code, `The authorization mechanism must be ${ALGORITHM}.`);
  }
  const fields = new Map(
    header
      .slice(ALGORITHM.length)
      .split(",")
      .map((field) => {
        const [name = "", ...value] = field.trim().split("=");
        return [name, value.join("=")];
      }),
  );
  return {
    ...readCredential(code, fields.get("Credential")),
    ...readSigned(code, fields.get("SignedHeaders"), fields.get("Signature")),
    ...readTime(code, headerValue(request, "x-amz-date") ?? readDate(headerValue(request, "date"))),
    sessionToken: headerValue(request, "x-amz-security-token"),
  };
}

function fromQuery(query: ReadonlyMap<string, string>): Authentication {
  const code = "AuthorizationQueryParametersError";
  if (QUERY_PARAMETERS.some((name) => !query.has(name))) {
    throw new SignatureError(
      code,
      "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
    );
  }
  if (query.get("X-Amz-Algorithm") !== ALGORITHM) {
    throw new SignatureError(code, `X-Amz-Algorithm only supports "${ALGORITHM}"`);
  }
  const expires = Number(query.get("X-Amz-Expires") || Number.NaN);
  if (!Number.isInteger(expires) || expires < 0 || expires > MAX_EXPIRES) {
    throw new SignatureError(code, `X-Amz-Expires must be a number from 0 to ${MAX_EXPIRES} (in seconds)`);
  }
  return {
    ...readCredential(code, query.get("X-Amz-Credential")),
    ...readSigned(code, query.get("X-Amz-SignedHeaders"), query.get("X-Amz-Signature")),
    ...readTime(code, query.get("X-Amz-Date")),
    expires,
    sessionToken: query.get("X-Amz-Security-Token"),
  };
}

function readCredential(code: SignatureErrorCode, credential = "") {
  const parts = credential.split("/");
  const [date, region, service, terminator] = parts.slice(-4);
  const accessKeyId = parts.slice(0, -4).join("/");
  if (!accessKeyId || !date || !region || !service || terminator !== "aws4_request") {
    const form = '"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request"';
    throw new SignatureError(
      code,
      code === "AuthorizationQueryParametersError"
        ? `Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting ${form}.`
        : `The authorization header is malformed; the Credential is mal-formed; expecting ${form}.`,
    );
  }
  return { accessKeyId, date, region, service };
}

function readSigned(code: SignatureErrorCode, signedHeaders = "", signature = "") {
  if (!signedHeaders || !/^[0-9a-f]{64}$/.test(signature)) {
    throw new SignatureError(code, "SignedHeaders and Signature (64 hexadecimal digits) are required.");
  }
  return { signedHeaders: signedHeaders.split(";"), signature };
}

/** Signers that find a `Date` in the request (botocore) add no `X-Amz-Date`, and sign its time in ISO 8601. */
function readDate(date = ""): string | undefined {
  const time = Date.parse(date);
  return Number.isNaN(time) ? date : isoBasic(time);
}

function readTime(code: SignatureErrorCode, timestamp = "") {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp);
  if (!match) throw new SignatureError(code, "X-Amz-Date must be in the ISO8601 form YYYYMMDDTHHMMSSZ.");
  const [, year, month, day, hour, minute, second] = match;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(time)) throw new SignatureError(code, "X-Amz-Date names no point in time.");
  return { timestamp, time };
}

/** A point in time, ms since 1970, in ISO 8601's basic form: `20260102T030405Z`. */
export function isoBasic(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, "");
}
