/**
 * Whether an address range is the whole internet or a part of it that is nobody's own: IPv4 wider than 10.0.0.0/8, IPv6
 * wider than fc00::/7. Two halves (0.0.0.0/1, 128.0.0.0/1) are everyone as well.
 */
export function isAnywhere(range: string | undefined): range is string {
  return range !== undefined && /^([\d.]+\/[0-7]|[\da-f:]+:[\da-f:]*\/[0-6])$/i.test(range);
}
