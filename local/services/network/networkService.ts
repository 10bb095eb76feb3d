import { type CidrBlock, cidr } from "./cidr";

interface Subnet {
  readonly vpcId: string;
  readonly zone: string;
  readonly block: CidrBlock;
}

/**
 * The VPCs and subnets that the program declares. Functions use this machine's network; the service knows the zone of
 * each subnet, and rejects the addresses that AWS rejects.
 */
export class NetworkService {
  readonly #vpcs = new Map<string, CidrBlock>();
  readonly #subnets = new Map<string, Subnet>();

  putVpc(id: string, cidrBlock: string): void {
    const block = cidr.parse(cidrBlock);
    if (block.mask < 16 || block.mask > 28) {
      throw new Error(`InvalidVpc.Range: The CIDR '${cidrBlock}' is invalid: a VPC has /16 to /28.`);
    }
    this.#vpcs.set(id, block);
  }

  deleteVpc(id: string): void {
    this.#vpcs.delete(id);
  }

  /** Adds a subnet. Only its size is checked where the program does not declare the VPC. */
  putSubnet(id: string, vpcId: string, zone: string, cidrBlock: string): void {
    const block = cidr.parse(cidrBlock);
    const vpc = this.#vpcs.get(vpcId);
    if (block.mask < 16 || block.mask > 28 || (vpc && !cidr.contains(vpc, block))) {
      throw new Error(`InvalidSubnet.Range: The CIDR '${cidrBlock}' is invalid.`);
    }
    for (const [otherId, other] of this.#subnets) {
      if (otherId === id || other.vpcId !== vpcId || !cidr.overlaps(other.block, block)) continue;
      throw new Error(`InvalidSubnet.Conflict: The CIDR '${cidrBlock}' conflicts with another subnet`);
    }
    this.#subnets.set(id, { vpcId, zone, block });
  }

  deleteSubnet(id: string): void {
    this.#subnets.delete(id);
  }

  /** The availability zone of a subnet; `undefined` for a subnet that the program does not declare. */
  zoneOf(subnetId: string): string | undefined {
    return this.#subnets.get(subnetId)?.zone;
  }

  /** The VPC of a subnet; `undefined` for one that the program does not declare. */
  vpcOf(subnetId: string): string | undefined {
    return this.#subnets.get(subnetId)?.vpcId;
  }
}
