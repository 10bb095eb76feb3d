import { lookup } from "node:dns/promises";
import type { IncomingMessage } from "node:http";
import { BadGateway, BadRequest, GatewayTimeout, HttpError, PayloadTooLarge } from "../errors";
import { cut } from "../shown";
import type { FetchRules } from "./fetchRules";
import { isPublicAddress } from "./isPublicAddress";
import { requestChecked } from "./requestChecked";

const RULES: FetchRules = {
  resolve: (hostname) => lookup(hostname, { all: true }),
  isAllowed: isPublicAddress,
  ports: [80, 443],
  loopback: false,
  maxRedirects: 3,
  maxBytes: 10 * 1024 * 1024,
  timeoutMs: 5000,
};

/** Characters; more than any browser's address bar has. */
const MAX_URL_LENGTH = 8_192;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches what a caller's URL points to, only from the public internet: http and https on ports 80 and 443,
 * public addresses only, checked after name resolution and after every redirect (at most 3), the connection
 * going to the very address that was checked; 5 s in all, 10 MB at most. Nothing of ours goes along: no
 * cookies, no credentials, no compression offered.
 *
 * @throws BadRequest  Not an absolute URL, or a very long one.
 * @throws Forbidden  Scheme, user name, port or address that may not be fetched.
 * @throws PayloadTooLarge  More than 10 MB.
 * @throws BadGateway  Unreachable, not 200, broken off.
 * @throws GatewayTimeout  Not done within 5 s.
 */
export async function fetchPublic(url: string, rules: Partial<FetchRules> = {}): Promise<Buffer> {
  const all = { ...RULES, ...rules };
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), all.timeoutMs);
  let at: URL | undefined;
  try {
    at = parseUrl(url);
    for (let redirects = 0; ; redirects++) {
      const response = await requestChecked(
        at,
        { ...all, loopback: all.loopback && redirects === 0 },
        deadline.signal,
      );
      try {
        if (!REDIRECTS.has(response.statusCode ?? 0)) return await readBody(response, at, all.maxBytes);
        if (redirects === all.maxRedirects) {
          throw new BadGateway(`The URL redirects more than ${all.maxRedirects} times`);
        }
        at = locationOf(response, at);
      } finally {
        response.destroy();
      }
    }
  } catch (cause) {
    if (cause instanceof HttpError) throw cause;
    if (deadline.signal.aborted) {
      throw new GatewayTimeout(
        `${cut(String(at?.origin))} was not fetched within ${all.timeoutMs / 1000} s`,
        { cause },
      );
    }
    throw new BadGateway(`${cut(String(at?.origin))} could not be fetched (${reasonOf(cause)})`, { cause });
  } finally {
    clearTimeout(timer);
  }
}

function parseUrl(text: string): URL {
  if (text.length > MAX_URL_LENGTH) {
    throw new BadRequest(`The URL has ${text.length} characters; at most ${MAX_URL_LENGTH} are taken`);
  }
  try {
    return new URL(text);
  } catch (cause) {
    throw new BadRequest("The URL is not an absolute http or https URL", { cause });
  }
}

function locationOf(response: IncomingMessage, from: URL): URL {
  const { location } = response.headers;
  if (location === undefined || !URL.canParse(location, from.href)) {
    throw new BadGateway(`${cut(from.origin)} answered ${response.statusCode} without a usable Location`);
  }
  return new URL(location, from);
}

async function readBody(response: IncomingMessage, from: URL, maxBytes: number): Promise<Buffer> {
  if (response.statusCode !== 200) {
    throw new BadGateway(`${cut(from.origin)} answered ${response.statusCode}, not 200`);
  }
  const encoding = response.headers["content-encoding"] ?? "identity";
  if (encoding !== "identity") {
    throw new BadGateway(
      `${cut(from.origin)} answered with Content-Encoding ${cut(encoding)}, which was not asked for`,
    );
  }
  const tooLarge = () =>
    new PayloadTooLarge(`${cut(from.origin)} has more than the ${maxBytes} bytes that are fetched`);
  if (Number(response.headers["content-length"]) > maxBytes) throw tooLarge();

  const chunks: Buffer[] = [];
  let received = 0;
  for await (const chunk of response) {
    received += chunk.length;
    if (received > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Describes `ECONNREFUSED` and the like without naming addresses. */
function reasonOf(cause: unknown): string {
  const { code } = cause as NodeJS.ErrnoException;
  return code ?? "unknown reason";
}
