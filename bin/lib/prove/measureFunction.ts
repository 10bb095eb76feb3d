import type { Measurement } from "./recording";

const NUMBERS = {
  duration: /\tDuration: ([\d.]+) ms/,
  billed: /Billed Duration: ([\d.]+) ms/,
  memorySize: /Memory Size: (\d+) MB/,
  maxMemoryUsed: /Max Memory Used: (\d+) MB/,
  init: /Init Duration: ([\d.]+) ms/,
} as const;

type Report = Readonly<Record<keyof typeof NUMBERS, number | undefined>>;

/** Reads the REPORT line of Lambda at the end of a log. @throws Error  There is none. */
function readReport(log: string): Report {
  const line = log.split("\n").findLast((each) => each.startsWith("REPORT "));
  if (line === undefined) throw new Error(`The log has no REPORT line: ${log.slice(-200)}`);
  return Object.fromEntries(
    Object.entries(NUMBERS).map(([name, pattern]) => {
      const [, number] = pattern.exec(line) ?? [];
      return [name, number === undefined ? undefined : Number(number)];
    }),
  ) as Report;
}

/**
 * Invokes a function several times, one after another.
 *
 * @param invoke  Invokes it once, and gives the last lines of its log.
 */
export async function measureFunction(
  name: string,
  times: number,
  invoke: () => Promise<string>,
): Promise<Measurement> {
  const reports: Report[] = [];
  for (let index = 0; index < times; index++) reports.push(readReport(await invoke()));
  const [first, ...others] = reports;
  const numbers = (of: readonly (Report | undefined)[], what: keyof Report) =>
    of.flatMap((report) => report?.[what] ?? []);
  return {
    name,
    memorySize: first?.memorySize ?? 0,
    maxMemoryUsed: Math.max(...numbers(reports, "maxMemoryUsed")),
    init: first?.init,
    first: first?.duration ?? 0,
    warm: median(numbers(others, "duration")),
    billed: median(numbers(others, "billed")),
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
