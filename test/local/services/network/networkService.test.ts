import assert from "node:assert/strict";
import { NetworkService } from "../../../../local/services/network/networkService";

describe("NetworkService", () => {
  let network: NetworkService;
  beforeEach(() => {
    network = new NetworkService();
    network.putVpc("vpc-1", "10.0.0.0/16");
  });

  it("knows the zone of a declared subnet", () => {
    network.putSubnet("subnet-1", "vpc-1", "eu-west-1b", "10.0.0.0/20");
    assert.deepEqual([network.zoneOf("subnet-1"), network.zoneOf("subnet-2")], ["eu-west-1b", undefined]);
  });

  it("accepts the same subnet twice, as an update puts it", () => {
    network.putSubnet("subnet-1", "vpc-1", "eu-west-1a", "10.0.0.0/20");
    assert.doesNotThrow(() => network.putSubnet("subnet-1", "vpc-1", "eu-west-1a", "10.0.0.0/20"));
  });

  const rejected: [string, () => void, string][] = [
    [
      "a VPC that is too large",
      () => network.putVpc("vpc-2", "10.0.0.0/8"),
      "InvalidVpc.Range: The CIDR '10.0.0.0/8' is invalid: a VPC has /16 to /28.",
    ],
    [
      "a block whose address lies inside it",
      () => network.putVpc("vpc-2", "10.0.0.1/16"),
      '"10.0.0.1/16" does not begin where a /16 block begins',
    ],
    [
      "a block that is not in CIDR notation",
      () => network.putVpc("vpc-2", "10.0.0/16"),
      '"10.0.0/16" is not a CIDR block such as 10.0.0.0/16',
    ],
    [
      "a subnet outside its VPC",
      () => network.putSubnet("subnet-1", "vpc-1", "eu-west-1a", "10.1.0.0/24"),
      "InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid.",
    ],
    [
      "a subnet that overlaps another one",
      () => {
        network.putSubnet("subnet-1", "vpc-1", "eu-west-1a", "10.0.0.0/20");
        network.putSubnet("subnet-2", "vpc-1", "eu-west-1a", "10.0.15.0/24");
      },
      "InvalidSubnet.Conflict: The CIDR '10.0.15.0/24' conflicts with another subnet",
    ],
  ];
  for (const [what, put, message] of rejected) {
    it(`rejects ${what}`, () => {
      assert.throws(put, { message });
    });
  }
});
