/** Eight tables, so that eight bytes go in one step. Reflected polynomial of CRC-32C (Castagnoli). */
const tables = Array.from({ length: 8 }, () => new Uint32Array(256));
for (let byte = 0; byte < 256; byte++) {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  table(0)[byte] = crc;
}
for (let byte = 0; byte < 256; byte++) {
  let crc = at(0, byte);
  for (let i = 1; i < 8; i++) {
    crc = (crc >>> 8) ^ at(0, crc);
    table(i)[byte] = crc;
  }
}

/** CRC-32C of `data` following bytes whose CRC-32C is `previous`. */
export function crc32c(data: Uint8Array, previous = 0): number {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let crc = ~previous;
  let i = 0;
  for (; i + 8 <= data.length; i += 8) {
    const low = crc ^ view.getUint32(i, true);
    const high = view.getUint32(i + 4, true);
    crc =
      at(7, low) ^
      at(6, low >>> 8) ^
      at(5, low >>> 16) ^
      at(4, low >>> 24) ^
      at(3, high) ^
      at(2, high >>> 8) ^
      at(1, high >>> 16) ^
      at(0, high >>> 24);
  }
  for (; i < data.length; i++) crc = (crc >>> 8) ^ at(0, crc ^ view.getUint8(i));
  return ~crc >>> 0;
}

function table(i: number): Uint32Array {
  return tables[i] as Uint32Array;
}

function at(i: number, value: number): number {
  return table(i)[value & 0xff] as number;
}
