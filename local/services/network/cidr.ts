/** A block of IPv4 addresses. */
export interface CidrBlock {
  /** First address, as a number. */
  readonly first: number;
  /** 0 to 32. */
  readonly mask: number;
}

/** Blocks of IPv4 addresses, as `10.0.0.0/16` writes them. */
export const cidr = {
  /** @throws Error  The text is not a CIDR block, or its address is not the block's first. */
  parse(text: string): CidrBlock {
    const [address = "", maskText = ""] = text.split("/");
    const bytes = address.split(".").map(Number);
    const mask = Number(maskText);
    const isByte = (byte: number) => Number.isInteger(byte) && byte >= 0 && byte <= 255;
    const first = bytes.reduce((number, byte) => number * 256 + byte, 0);
    if (bytes.length !== 4 || !bytes.every(isByte) || !/^\d{1,2}$/.test(maskText) || mask > 32) {
      throw new Error(`"${text}" is not a CIDR block such as 10.0.0.0/16`);
    }
    if (first % size(mask) !== 0) throw new Error(`"${text}" does not begin where a /${mask} block begins`);
    return { first, mask };
  },

  format({ first, mask }: CidrBlock): string {
    return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".")}/${mask}`;
  },

  contains(outer: CidrBlock, inner: CidrBlock): boolean {
    return inner.first >= outer.first && inner.first + size(inner.mask) <= outer.first + size(outer.mask);
  },

  overlaps(one: CidrBlock, other: CidrBlock): boolean {
    return cidr.contains(one, other) || cidr.contains(other, one);
  },

  /** Number of addresses in a block. */
  size,
};

function size(mask: number): number {
  return 2 ** (32 - mask);
}
