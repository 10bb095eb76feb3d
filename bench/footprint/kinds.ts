/** One thing that is counted of a function. */
export interface Kind {
  /** Heading of a column. */
  readonly title: string;
  /** The words before the value in a sentence about a function: "a warm request allocates". */
  readonly says: string;
  /** The words behind it. @default nothing */
  readonly unit?: string;
  readonly isBytes?: boolean;
  /** How a count is made: from the archives, by Node.js only, or by strace and valgrind. */
  readonly by: Counter;
  /** Growth that is no failure: a share of what is recorded, and an absolute amount beyond it. */
  readonly tolerance: readonly [share: number, beyond: number];
}

export type Counter = "archives" | "node" | "strace" | "valgrind";

/**
 * The counts that the guard compares. Archives are the same on every machine; the rest is compared only on the platform and the major
 * version of Node.js that are recorded, since V8 and Node.js themselves differ.
 *
 * A cold start is everything from the process' start to its first response, with the model's load.
 */
export const KINDS = {
  zipped: archive("zipped", "the archive has"),
  unzipped: archive("unzipped", "the unzipped archive has"),
  unzippedWithLayers: archive("with layers", "the archive with its layers has"),
  modules: {
    title: "modules",
    says: "a cold start loads",
    unit: "modules of JavaScript or native code",
    by: "node",
    tolerance: [0, 0],
  },
  builtins: {
    title: "Node.js' own modules",
    says: "a cold start loads",
    unit: "modules of Node.js' own",
    by: "node",
    // A minor version of Node.js adds some.
    tolerance: [0.03, 0],
  },
  moduleBytes: {
    title: "bytes of modules",
    says: "a cold start's modules have",
    isBytes: true,
    by: "node",
    tolerance: [0.02, 512],
  },
  allocated: {
    title: "allocated",
    says: "a warm request allocates",
    isBytes: true,
    by: "node",
    // Requests to S3 differ by when their answers come; patches of V8 change some objects' size.
    tolerance: [0.05, 512],
  },
  logLines: {
    title: "log lines",
    says: "a warm request writes",
    unit: "log lines",
    by: "node",
    tolerance: [0, 0],
  },
  logBytes: {
    title: "bytes of log",
    says: "a warm request's log line has",
    isBytes: true,
    by: "node",
    // Milliseconds, and what S3 calls its copies, differ in length.
    tolerance: [0.02, 16],
  },
  filesOpened: {
    title: "files opened",
    says: "a cold start opens",
    unit: "files",
    by: "strace",
    // Sources of randomness and processors, which libraries read as the machine has them.
    tolerance: [0, 3],
  },
  bytesRead: {
    title: "bytes read",
    says: "a cold start reads",
    isBytes: true,
    by: "strace",
    tolerance: [0.02, 4096],
  },
  systemCalls: warmCalls("system calls", "system calls"),
  writes: warmCalls("writes", "writes"),
  reads: warmCalls("reads", "reads"),
  opened: warmCalls("files opened", "opened files"),
  instructions: {
    title: "instructions",
    says: "a warm request executes",
    unit: "instructions",
    by: "valgrind",
    tolerance: [0.05, 0],
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof KINDS;

/** Counts of a function; those of a program that this machine lacks are left out. */
export type Counts = Readonly<Partial<Record<KindName, number>>>;

export const KIND_NAMES = Object.keys(KINDS) as readonly KindName[];

function archive(title: string, says: string): Kind {
  return { title, says, isBytes: true, by: "archives", tolerance: [0.02, 512] };
}

/** Calls about files and sockets. Bytes may come in one piece or in two, so that a part of a call is no growth. */
function warmCalls(title: string, unit: string): Kind {
  return { title, says: "a warm request takes", unit, by: "strace", tolerance: [0, 0.5] };
}

/** A count as people read it: with its unit where it has one. */
export function shown({ isBytes }: Kind, value: number): string {
  const unit = isBytes ? "B" : "";
  const [divisor, prefix] = value < 1_000 ? [1, ""] : value < 1_000_000 ? [1_000, "K"] : [1_000_000, "M"];
  const scaled = value / divisor;
  const digits = prefix === "" ? String(Math.round(value * 10) / 10) : scaled.toPrecision(3);
  return `${digits} ${prefix}${unit}`.trim();
}
