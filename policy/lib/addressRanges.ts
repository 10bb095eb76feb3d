/** A security group's rule inside the group, or in the older resource type. */
export interface RangeRule {
  readonly cidrBlocks?: readonly string[];
  readonly ipv6CidrBlocks?: readonly string[];
}

/** The address ranges of both families. */
export function addressRanges({ cidrBlocks = [], ipv6CidrBlocks = [] }: RangeRule): string[] {
  return [...cidrBlocks, ...ipv6CidrBlocks];
}

/**
 * Whether an address range is the whole internet or a part of it that no organization owns: IPv4 wider than 10.0.0.0/8, IPv6
 * wider than fc00::/7. Two halves (0.0.0.0/1, 128.0.0.0/1) are everyone as well.
 */
export function isAnywhere(range: string | undefined): range is string {
  return range !== undefined && /^([\d.]+\/[0-7]|[\da-f:]+:[\da-f:]*\/[0-6])$/i.test(range);
}
