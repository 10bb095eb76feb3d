/** A security group's rule as it stands inside the group, or in the older resource type. */
export interface RangeRule {
  readonly cidrBlocks?: readonly string[];
  readonly ipv6CidrBlocks?: readonly string[];
}

/** The address ranges of both families. */
export function addressRanges({ cidrBlocks = [], ipv6CidrBlocks = [] }: RangeRule): string[] {
  return [...cidrBlocks, ...ipv6CidrBlocks];
}
