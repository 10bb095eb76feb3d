import { AwsError } from "./awsError";
import type { HttpHeader } from "./message";

/** Whose requests a server answers. */
export interface Reach {
  /** Hosts beside this machine's own that requests may be for. @default none */
  readonly allowedHosts?: readonly string[];
  /** Rejects what pages of other sites send. @default false */
  readonly ownOriginsOnly?: boolean;
}

/** Names of this machine: a page of another site cannot have one of them, whatever its DNS server says. */
const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** @throws AwsError  The request is out of reach. */
export function checkReach(headers: readonly HttpHeader[], { allowedHosts, ownOriginsOnly }: Reach): void {
  checkHost(headers, allowedHosts);
  if (ownOriginsOnly) checkOrigin(headers, allowedHosts);
}

/**
 * Rejects a request for a name that is not this machine's. A page whose name begins to resolve to 127.0.0.1 (DNS
 * rebinding) is of the same origin as the local cloud for its browser, and would read what it answers.
 *
 * @param allowed  Further names; those below them are allowed, too.
 * @throws AwsError
 */
export function checkHost(headers: readonly HttpHeader[], allowed: readonly string[] = []): void {
  const hosts = headers.filter(([name]) => name.toLowerCase() === "host").map(([, value]) => value);
  const [foreign] = hosts.length === 0 ? [""] : hosts.filter((host) => !isOwnHost(host, allowed));
  if (foreign === undefined) return;
  const name = nameOf(foreign).slice(0, 100);
  throw new AwsError(
    "HostNotAllowed",
    403,
    `The local cloud does not answer for the host "${name}": start it with --allow-host ${/^[\w.-]+$/.test(name) ? name : "NAME"} if that name is this machine's.`,
  );
}

/**
 * Rejects what a page of another site sends: for services that ask for no signature here, and do on AWS.
 *
 * @throws AwsError
 */
export function checkOrigin(headers: readonly HttpHeader[], allowed: readonly string[] = []): void {
  const origin = headers.find(([name]) => name.toLowerCase() === "origin")?.[1];
  if (origin === undefined) return;
  const [, host] = /^https?:\/\/(.+)$/.exec(origin) ?? [];
  if (host !== undefined && isOwnHost(host, allowed)) return;
  const shown = origin.slice(0, 100);
  throw new AwsError(
    "OriginNotAllowed",
    403,
    `Pages of ${shown} are not allowed to call this: --allow-host allows those of another host.`,
  );
}

/** Whether a `Host` is this machine's, or allowed. */
export function isOwnHost(host: string, allowed: readonly string[] = []): boolean {
  const name = nameOf(host);
  return LOOPBACK.test(name) || allowed.some((one) => name === one || name.endsWith(`.${one}`));
}

/** Without the port, and the dot that ends a complete name. */
function nameOf(host: string): string {
  return host
    .replace(/:\d*$/, "")
    .replace(/(?<=[^.])\.$/, "")
    .toLowerCase();
}
