import { MARKS } from "./probeReport";

/** Counts of a trace by strace. */
export interface SystemCalls {
  readonly coldStart: { readonly filesOpened: number; readonly bytesRead: number };
  /** Each of all warm requests together. */
  readonly warm: {
    readonly systemCalls: number;
    readonly writes: number;
    readonly reads: number;
    readonly opened: number;
  };
}

/**
 * strace's options. Only calls about files, sockets and pipes: how often a process waits, maps memory or wakes a thread
 * depends on the scheduler.
 */
export const STRACE = [
  "strace",
  "--follow-forks",
  "--quiet=all",
  "--decode-fds=path",
  "--trace=%file,%desc,%network",
] as const;

/** Calls of those classes that depend on the scheduler, too: threads wake each other through an eventfd. */
const SCHEDULING = /^(?:(?:epoll_\w+|p?poll|p?select6?|mmap)\(|(?:read|write)\(\d+<anon_inode:\[?eventfd)/;

const READS = /^(?:read|pread64|readv|preadv2?|recvfrom|recvmsg)\(/;
const WRITES = /^(?:write|pwrite64|writev|pwritev2?|sendto|sendmsg)\(/;
const OPENS = /^open(?:at2?)?\(.* = \d+(?:<.*>)?$/;

/** Reads a trace that the probe has marked. @throws Error  Marks are missing. */
export function readSystemCalls(trace: string): SystemCalls {
  const calls = callsOf(trace.split("\n"));
  const [first, warm, end] = Object.values(MARKS).map((mark) => {
    const at = calls.findIndex((call) => call.includes(`"${mark}"`));
    if (at < 0) throw new Error(`The trace of strace has no ${mark}`);
    return at;
  });
  const coldStart = calls.slice(0, first);
  const requests = calls.slice(Number(warm) + 1, end);
  const count = (some: readonly string[], form: RegExp) => some.filter((call) => form.test(call)).length;
  return {
    coldStart: {
      filesOpened: count(coldStart, OPENS),
      bytesRead: coldStart
        .filter((call) => READS.test(call))
        .reduce((sum, call) => sum + Number(/ = (\d+)$/.exec(call)?.[1] ?? 0), 0),
    },
    warm: {
      systemCalls: requests.length,
      writes: count(requests, WRITES),
      reads: count(requests, READS),
      opened: count(requests, OPENS),
    },
  };
}

/**
 * Gives the calls in the order in which they ended. Where another thread's call came in between, a call is two lines:
 * `12 read(3, <unfinished ...>` and `12 <... read resumed>"", 10) = 0`.
 */
function callsOf(lines: readonly string[]): string[] {
  const begun = new Map<string, string>();
  return lines.flatMap((line) => {
    const [, thread = "", text = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (text.endsWith("<unfinished ...>")) begun.set(thread, text.slice(0, -"<unfinished ...>".length));
    const [resumed] = /^<\.\.\. \w+ resumed>/.exec(text) ?? [];
    const call = resumed === undefined ? text : `${begun.get(thread) ?? ""}${text.slice(resumed.length)}`;
    return / = (?:-?\d+|\?)/.test(call) && !SCHEDULING.test(call) ? [call] : [];
  });
}
