/** CRC-64/NVME, which the aws CLI sends by default. JavaScript has no fast 64-bit integers: high and low halves by themselves. */
export class Crc64Nvme {
  private high = 0xffffffff;
  private low = 0xffffffff;

  update(data: Uint8Array): this {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    let { high, low } = this;
    let i = 0;
    for (; i + 8 <= data.length; i += 8) {
      const a = low ^ view.getUint32(i, true);
      const b = high ^ view.getUint32(i + 4, true);
      low = fold(lows, a, b);
      high = fold(highs, a, b);
    }
    for (; i < data.length; i++) {
      const byte = (low ^ view.getUint8(i)) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ at(lows, 0, byte);
      high = (high >>> 8) ^ at(highs, 0, byte);
    }
    this.high = high;
    this.low = low;
    return this;
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(~this.high >>> 0, 0);
    bytes.writeUInt32BE(~this.low >>> 0, 4);
    return bytes;
  }
}

/** Eight tables of 256 entries, so that eight bytes go in one step. */
const highs = new Uint32Array(8 * 256);
const lows = new Uint32Array(8 * 256);
/** The polynomial, reflected. */
const polynomial = [0x9a6c9329, 0xac4bc9b5] as const;
for (let byte = 0; byte < 256; byte++) {
  let high = 0;
  let low = byte;
  for (let bit = 0; bit < 8; bit++) {
    const carry = low & 1;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (carry) {
      high ^= polynomial[0];
      low ^= polynomial[1];
    }
  }
  highs[byte] = high;
  lows[byte] = low;
}
for (let i = 256; i < 8 * 256; i++) {
  const high = highs[i - 256] as number;
  const low = lows[i - 256] as number;
  lows[i] = ((low >>> 8) | (high << 24)) ^ at(lows, 0, low);
  highs[i] = (high >>> 8) ^ at(highs, 0, low);
}

function fold(half: Uint32Array, a: number, b: number): number {
  return (
    at(half, 7, a) ^
    at(half, 6, a >>> 8) ^
    at(half, 5, a >>> 16) ^
    at(half, 4, a >>> 24) ^
    at(half, 3, b) ^
    at(half, 2, b >>> 8) ^
    at(half, 1, b >>> 16) ^
    at(half, 0, b >>> 24)
  );
}

function at(half: Uint32Array, i: number, value: number): number {
  return half[i * 256 + (value & 0xff)] as number;
}
