import assert from "node:assert/strict";
import { isLoopback, isPublicAddress } from "../../../../functions/shared/fetchPublic/isPublicAddress";

const PUBLIC = [
  ["the last address before and the first after 10.0.0.0/8", "9.255.255.255", "11.0.0.0"],
  ["around 0.0.0.0/8", "1.0.0.0"],
  ["around the shared range", "100.63.255.255", "100.128.0.0"],
  ["around loopback", "126.255.255.255", "128.0.0.0"],
  ["around link-local", "169.253.255.255", "169.255.0.0"],
  ["around 172.16.0.0/12", "172.15.255.255", "172.32.0.0"],
  ["around 192.0.0.0/24 and 192.0.2.0/24", "192.0.1.0", "192.0.3.0"],
  ["around 192.168.0.0/16", "192.167.255.255", "192.169.0.0"],
  ["around benchmarking", "198.17.255.255", "198.20.0.0"],
  ["below multicast", "223.255.255.255"],
  ["IPv6 global unicast", "2000::1", "2001:200::1", "2600:1f18::1", "2a00:1450:4001:800::200e", "2003::1"],
  ["around the IPv6 documentation ranges", "2001:db7::1", "2001:db9::1", "3ffe:ffff::1", "3fff:1000::1"],
] as const;

const NOT_PUBLIC = [
  ["this network", "0.0.0.0", "0.255.255.255"],
  ["private", "10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0", "192.168.255.255"],
  ["shared, carrier-grade NAT", "100.64.0.0", "100.127.255.255"],
  ["loopback", "127.0.0.1", "127.255.255.255", "::1"],
  ["link-local", "169.254.0.0", "169.254.255.255", "fe80::1", "febf::1"],
  ["metadata", "169.254.169.254", "169.254.170.2", "fd00:ec2::254", "fd00:ec2::23"],
  ["IETF protocol assignments", "192.0.0.0", "192.0.0.255", "2001::1", "2001:1ff:ffff::1"],
  ["documentation", "192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1", "3fff:fff::1"],
  ["benchmarking", "198.18.0.0", "198.19.255.255", "2001:2::1"],
  ["relays and AS112", "192.88.99.1", "192.31.196.1", "192.52.193.1", "192.175.48.1", "2620:4f:8000::1"],
  ["multicast", "224.0.0.1", "239.255.255.255", "ff02::1", "ff0e::1"],
  ["reserved and broadcast", "240.0.0.1", "255.255.255.255", "4000::1", "5f00::1", "100::1", "::", "8000::1"],
  ["unique local and site-local", "fc00::1", "fdff::1", "fec0::1"],
  ["IPv4-mapped, even of a public address", "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:8.8.8.8"],
  ["IPv4-compatible and translated", "::127.0.0.1", "::ffff:0:127.0.0.1", "::8.8.8.8"],
  ["NAT64", "64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::1"],
  ["6to4", "2002:7f00:1::", "2002:808:808::1"],
  ["Teredo", "2001:0:7f00:1::1"],
  ["with a zone", "fe80::1%eth0", "2600::1%eth0"],
  [
    "no address at all",
    "",
    "localhost",
    "127.1",
    "0x7f000001",
    "2130706433",
    "1.2.3.4:80",
    "[2600::1]",
    " 8.8.8.8",
  ],
] as const;

describe("isPublicAddress", () => {
  for (const [what, ...addresses] of PUBLIC) {
    it(`takes addresses ${what}`, () => {
      assert.deepEqual(addresses.filter(isPublicAddress), addresses);
    });
  }

  for (const [what, ...addresses] of NOT_PUBLIC) {
    it(`rejects: ${what}`, () => {
      assert.deepEqual(addresses.filter(isPublicAddress), []);
    });
  }
});

describe("isLoopback", () => {
  it("holds for this machine's own addresses only", () => {
    const addresses = [
      "127.0.0.1",
      "127.255.255.255",
      "::1",
      "126.0.0.1",
      "::2",
      "0.0.0.0",
      "::",
      "localhost",
    ];
    assert.deepEqual(addresses.filter(isLoopback), ["127.0.0.1", "127.255.255.255", "::1"]);
  });
});
