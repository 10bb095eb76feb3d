import assert from "node:assert/strict";
import { faultsOf } from "../../../../local/resources/treatment";
import { networkResourceTypes } from "../../../../local/services/network/networkResourceTypes";
import { NetworkService } from "../../../../local/services/network/networkService";
import { natGateway } from "../../../../local/services/network/resourceTypes/gateways";
import { declared } from "../../../helpers/program/declared";

const SUBNET = { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" };

describe("The resource types of networks", () => {
  it("give a subnet the first zone, the one that is named, or the one whose id is given", () => {
    const zonesOf = (inputs: object) => {
      const { outputs } = declared("aws:ec2/subnet:Subnet", "a", { ...SUBNET, ...inputs });
      return [outputs.availabilityZone, outputs.availabilityZoneId];
    };
    assert.deepEqual(zonesOf({}), ["eu-west-1a", "az1"]);
    assert.deepEqual(zonesOf({ availabilityZone: "eu-west-1b" }), ["eu-west-1b", "az2"]);
    assert.deepEqual(zonesOf({ availabilityZoneId: "az3" }), ["eu-west-1c", "az3"]);
    assert.throws(() => zonesOf({ availabilityZone: "eu-west-1b", availabilityZoneId: "az3" }), {
      message: "`availabilityZone` and `availabilityZoneId` exclude each other: set one of them",
    });
  });

  it("reject IPv6 by the property's name, and take a `false` as if it was not there", () => {
    const vpc = networkResourceTypes.find(({ type }) => type === "aws:ec2/vpc:Vpc");
    const faults = (inputs: Record<string, unknown>) => faultsOf(inputs, vpc?.properties ?? {});
    assert.deepEqual(faults({ cidrBlock: "10.0.0.0/16", assignGeneratedIpv6CidrBlock: true }), [
      {
        property: "assignGeneratedIpv6CidrBlock",
        reason: "the local cloud does not serve this property: the local cloud's networks have IPv4 only",
      },
    ]);
    assert.deepEqual(faults({ assignGeneratedIpv6CidrBlock: false }), []);
  });

  it("show a security group's own rules, and reject one without a VPC", () => {
    const group = (inputs: object) => declared("aws:ec2/securityGroup:SecurityGroup", "a", { ...inputs });
    const ingress = [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/16"] }];
    assert.deepEqual(group({ vpcId: "vpc-1", ingress }).outputs.ingress, ingress);
    assert.throws(() => group({}), { message: "`vpcId` is missing: there is no default VPC here" });
  });

  it("find a NAT gateway's VPC by its subnet", async () => {
    const network = new NetworkService();
    network.putVpc("vpc-1", "10.0.0.0/16");
    network.putSubnet("subnet-1", "vpc-1", "eu-west-1a", "10.0.0.0/24");
    const resource = declared("aws:ec2/natGateway:NatGateway", "a", {
      subnetId: "subnet-1",
      allocationId: "eipalloc-1",
    });
    assert.deepEqual(await natGateway.create?.(resource, network), { vpcId: "vpc-1" });
  });
});
