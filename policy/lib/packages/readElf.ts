/** The requirements of an ELF file, which a loader checks first. */
export interface Elf {
  /** AWS's word for the instruction set; another one as `ELF machine N`. */
  readonly architecture: string;
  /** The newest version of glibc whose symbols it needs, e.g. `2.28`; `undefined` where it needs none. */
  readonly glibc: string | undefined;
  /** Whether it is made for musl, Alpine's C library, which Lambda does not have. */
  readonly musl: boolean;
}

const MACHINES: Readonly<Record<number, string>> = { 62: "x86_64", 183: "arm64" };

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const DT_STRTAB = 5n;
const DT_VERNEED = 0x6ffffffen;
const DT_VERNEEDNUM = 0x6fffffffn;

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

export function isElf(bytes: Uint8Array): boolean {
  return bytes.length >= 64 && Buffer.from(bytes.subarray(0, 4)).toString("latin1") === "\x7fELF";
}

/**
 * Reads an ELF file's machine and the glibc versions it needs, from its program headers as the loader does: a
 * stripped library may have no sections. Layout: https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html
 *
 * @throws Error  A file that is cut off or was damaged.
 */
export function readElf(bytes: Uint8Array): Elf {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [is64, isLittle] = [file[4] === 2, file[5] === 1];
  const machine = isLittle ? file.readUInt16LE(18) : file.readUInt16BE(18);
  const architecture = MACHINES[machine] ?? `ELF machine ${machine}`;
  // Lambda's two machines are 64 bit and little endian; what others need is of no interest.
  if (!is64 || !isLittle) return { architecture, glibc: undefined, musl: false };
  const musl = file.includes("ld-musl-") || file.includes("libc.musl-");
  try {
    return { architecture, glibc: newestGlibc(file), musl };
  } catch (cause) {
    throw new Error("an ELF file that is cut off", { cause });
  }
}

function newestGlibc(file: Buffer): string | undefined {
  const segments = readSegments(file);
  const dynamic = readDynamic(file, segments);
  const [names, first, count] = [DT_STRTAB, DT_VERNEED, DT_VERNEEDNUM].map((tag) => dynamic.get(tag));
  if (names === undefined || first === undefined || count === undefined) return undefined;

  const namesAt = offsetOf(names, segments);
  const versions: string[] = [];
  let library = offsetOf(first, segments);
  for (let i = 0; i < count; i++) {
    let needed = library + file.readUInt32LE(library + 8);
    for (let j = 0; j < file.readUInt16LE(library + 2); j++) {
      const name = text(file, namesAt + file.readUInt32LE(needed + 8));
      if (name.startsWith("GLIBC_2")) versions.push(name.slice("GLIBC_".length));
      needed += file.readUInt32LE(needed + 12);
    }
    library += file.readUInt32LE(library + 12);
  }
  return versions.sort(compareVersions).at(-1);
}

function readSegments(file: Buffer): Segment[] {
  const [start, size, count] = [
    Number(file.readBigUInt64LE(32)),
    file.readUInt16LE(54),
    file.readUInt16LE(56),
  ];
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * size;
    return {
      type: file.readUInt32LE(at),
      offset: Number(file.readBigUInt64LE(at + 8)),
      address: Number(file.readBigUInt64LE(at + 16)),
      size: Number(file.readBigUInt64LE(at + 32)),
    };
  });
}

function readDynamic(file: Buffer, segments: readonly Segment[]): Map<bigint, number> {
  const dynamic = segments.find(({ type }) => type === PT_DYNAMIC);
  const entries = new Map<bigint, number>();
  if (dynamic === undefined) return entries;
  for (let at = dynamic.offset; at < dynamic.offset + dynamic.size; at += 16) {
    entries.set(file.readBigUInt64LE(at), Number(file.readBigUInt64LE(at + 8)));
  }
  return entries;
}

/** Finds the place in the file of an address in the loaded library. */
function offsetOf(address: number, segments: readonly Segment[]): number {
  const segment = segments.find(
    (one) => one.type === PT_LOAD && address >= one.address && address < one.address + one.size,
  );
  return segment === undefined ? address : address - segment.address + segment.offset;
}

function text(file: Buffer, at: number): string {
  const end = file.indexOf(0, at);
  if (end < 0) throw new RangeError("a name without an end");
  return file.toString("latin1", at, end);
}

/** Orders `2.9` before `2.28`. */
export function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
