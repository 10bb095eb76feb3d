import * as http from "node:http";
import * as https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { BadGateway, Forbidden } from "../errors";
import { cut } from "../shown";
import type { Address, FetchRules } from "./fetchRules";
import { isLoopback } from "./isPublicAddress";

type CheckRules = Pick<FetchRules, "resolve" | "isAllowed" | "ports" | "loopback">;

const SCHEMES = { "http:": { client: http, port: 80 }, "https:": { client: https, port: 443 } } as const;

/**
 * Sends one GET without following redirects, after checking URL and addresses. The connection can only go to a checked
 * address: the name is resolved once, and the socket gets only those addresses.
 *
 * @returns The response with its body unread; the caller destroys it.
 * @throws Forbidden  The URL or one of its addresses is not allowed.
 */
export async function requestChecked(
  url: URL,
  rules: CheckRules,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  const { client, port } = schemeOf(url);
  if (url.username !== "" || url.password !== "") {
    throw new Forbidden("A URL with a user name or password may not be fetched");
  }
  const isOpenPort = rules.ports.includes(url.port === "" ? port : Number(url.port));
  if (!isOpenPort && !rules.loopback) throw otherPort(url, rules);
  const addresses = await untilAborted(addressesOf(url, rules), signal);
  if (!isOpenPort && !addresses.every(({ address }) => isLoopback(address))) throw otherPort(url, rules);

  return new Promise((resolve, reject) => {
    const lookup: LookupFunction = (_hostname, { all }, callback) => {
      const [first] = addresses;
      if (all) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    };
    client
      .get(url, {
        // A connection of its own: none is shared with, or kept for, another request.
        agent: false,
        headers: { accept: "*/*", "accept-encoding": "identity", "user-agent": "paddock" },
        lookup,
        signal,
      })
      .on("response", resolve)
      .on("error", reject)
      // Some ends are neither: Node.js closes the connection of a server that switches protocols without a word.
      .on("close", () =>
        reject(new BadGateway(`${cut(url.origin)} closed the connection without a response`)),
      );
  });
}

function otherPort(url: URL, { ports }: CheckRules): Forbidden {
  return new Forbidden(`${cut(url.origin)} may not be fetched: only ports ${ports.join(" and ")} may`);
}

function schemeOf(url: URL) {
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new Forbidden(
      `A URL with the scheme ${cut(url.protocol)} may not be fetched: only http: and https: may`,
    );
  }
  return SCHEMES[url.protocol];
}

/**
 * Resolves all addresses of the URL's host. If one is not allowed, the host is rejected: otherwise a socket might
 * choose it.
 */
async function addressesOf(
  url: URL,
  { resolve, isAllowed, loopback }: CheckRules,
): Promise<readonly [Address, ...Address[]]> {
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  const family = isIP(hostname);
  const [first, ...others] = family === 0 ? await resolve(hostname) : [{ address: hostname, family }];
  if (first === undefined)
    throw new BadGateway(`${cut(url.origin)} could not be fetched: its name has no address`);
  const rejected = [first, ...others].find(
    ({ address }) => !isAllowed(address) && !(loopback && isLoopback(address)),
  );
  if (rejected !== undefined) {
    // The log names the address; to the caller it would reveal the internal network.
    const cause = new Error(`${url.hostname} is at ${rejected.address}`);
    throw new Forbidden(`${cut(url.origin)} may not be fetched: it is not at a public address`, { cause });
  }
  return [first, ...others];
}

/** Name resolution cannot be aborted, but waiting for it can. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });
}
