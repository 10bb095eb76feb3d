import { type CidrBlock, cidr } from "./cidr";

export interface SubnetSpec {
  readonly type: "Public" | "Private" | "Isolated" | "Unused";
  readonly name?: string;
  readonly cidrMask?: number;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface SubnetPlace {
  readonly spec: SubnetSpec;
  /** From 0. */
  readonly zone: number;
  readonly block: CidrBlock;
}

/**
 * Places subnets as awsx' strategy `Auto` does: the VPC is cut into equal parts, one a zone, and in each the subnets
 * follow each other in the order of their specs, each from the next address where a block of its size begins.
 *
 * @param zoneMask  Mask of a zone's part. @default the largest by which all zones fit
 * @throws Error    The subnets do not fit.
 */
export function layOutSubnets(
  vpc: CidrBlock,
  specs: readonly SubnetSpec[],
  zones: number,
  zoneMask = vpc.mask + bitsFor(zones),
): SubnetPlace[] {
  const places: SubnetPlace[] = [];
  for (let zone = 0; zone < zones; zone++) {
    const part = { first: vpc.first + zone * cidr.size(zoneMask), mask: zoneMask };
    let next = part.first;
    for (const spec of specs) {
      const mask = spec.cidrMask ?? zoneMask + bitsFor(specs.length);
      const first = Math.ceil(next / cidr.size(mask)) * cidr.size(mask);
      const block = { first, mask };
      if (!cidr.contains(part, block) || !cidr.contains(vpc, block)) {
        throw new Error(
          `the subnets do not fit into ${cidr.format(vpc)}: choose a larger \`cidrBlock\` or \`cidrMask\``,
        );
      }
      places.push({ spec, zone, block });
      next = first + cidr.size(mask);
    }
  }
  return places;
}

function bitsFor(count: number): number {
  return Math.ceil(Math.log2(count));
}
