import { BlockList, isIP } from "node:net";

/**
 * Whether an address belongs to the public internet. Everything that is not plain global unicast is not:
 * loopback, private, link-local (instance metadata), shared, multicast, documentation and reserved ranges,
 * and the IPv6 ranges that carry an IPv4 address within them (mapped, 6to4, NAT64, Teredo), since a gateway
 * would take those to wherever the inner address says.
 *
 * Ranges: IANA's special-purpose address registries,
 * https://www.iana.org/assignments/iana-ipv4-special-registry and …/iana-ipv6-special-registry
 *
 * @param address  An IPv4 or IPv6 address; anything else, a zone (`fe80::1%eth0`) included, is not public.
 */
export function isPublicAddress(address: string): boolean {
  if (address.includes("%")) return false;
  switch (isIP(address)) {
    case 4:
      return !SPECIAL_V4.check(address, "ipv4");
    case 6:
      return GLOBAL_UNICAST_V6.check(address, "ipv6") && !SPECIAL_V6.check(address, "ipv6");
    default:
      return false;
  }
}

/** Whether an address is this machine's own. */
export function isLoopback(address: string): boolean {
  const family = isIP(address);
  return family === 4
    ? LOOPBACK_V4.check(address, "ipv4")
    : family === 6 && LOOPBACK_V6.check(address, "ipv6");
}

const LOOPBACK_V4 = ranges("ipv4", ["127.0.0.0/8"]);
const LOOPBACK_V6 = ranges("ipv6", ["::1/128"]);

// A list has one address family only: Node.js also compares an IPv4 address with IPv6 rules, as a mapped address.
const SPECIAL_V4 = ranges("ipv4", [
  "0.0.0.0/8", // this network
  "10.0.0.0/8", // private
  "100.64.0.0/10", // shared, carrier-grade NAT
  "127.0.0.0/8", // loopback
  "169.254.0.0/16", // link-local, instance metadata
  "172.16.0.0/12", // private
  "192.0.0.0/24", // IETF protocol assignments
  "192.0.2.0/24", // documentation
  "192.31.196.0/24", // AS112
  "192.52.193.0/24", // AMT relays
  "192.88.99.0/24", // 6to4 relays
  "192.168.0.0/16", // private
  "192.175.48.0/24", // AS112
  "198.18.0.0/15", // benchmarking
  "198.51.100.0/24", // documentation
  "203.0.113.0/24", // documentation
  "224.0.0.0/4", // multicast
  "240.0.0.0/4", // reserved, broadcast
]);

const GLOBAL_UNICAST_V6 = ranges("ipv6", ["2000::/3"]);

const SPECIAL_V6 = ranges("ipv6", [
  "2001::/23", // IETF protocol assignments: Teredo, benchmarking, ORCHID
  "2001:db8::/32", // documentation
  "2002::/16", // 6to4
  "2620:4f:8000::/48", // AS112
  "3fff::/20", // documentation
]);

function ranges(family: "ipv4" | "ipv6", subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network, prefix] = subnet.split("/") as [string, string];
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
}
