import { type Sample, slopeOf } from "./sample";

/** Growth of the last third over the second that is no noise: of memory, MB and share, and of open files. */
const [GROWN_MB, GROWN_SHARE, GROWN_FILES] = [20, 0.15, 10];

/** Fewer say nothing of growth. */
const MIN_SAMPLES = 30;

/**
 * Names what still grows in the last third of the time. Memory counts only where it cannot all be V8's young generation:
 * what a function keeps in V8's heap is measured by `test/functions/openFiles.integration.test.ts`.
 */
export function grown(samples: readonly Sample[]): string[] {
  if (samples.length < MIN_SAMPLES) return [];
  const third = Math.floor(samples.length / 3);
  const mean = (part: readonly Sample[], name: string, measure: "mb" | "files") => {
    const values = part.flatMap(({ usage }) => usage.get(name)?.[measure] ?? []);
    return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
  };
  return namesIn(samples).flatMap((name) => {
    const growth = (measure: "mb" | "files") => {
      const before = mean(samples.slice(third, 2 * third), name, measure);
      return { before, by: mean(samples.slice(2 * third), name, measure) - before };
    };
    const [memory, files] = [growth("mb"), growth("files")];
    const [first] = pointsOf(samples, name, "mb");
    const { youngMb = 0 } = samples.at(-1)?.usage.get(name) ?? {};
    const mayBeYoung = memory.before + memory.by - (first?.[1] ?? 0) <= youngMb;
    const found = (by: number, what: string) =>
      `${by.toFixed(1)} ${what} more in the last third of the time than in the second: ${name}`;
    const isMore = memory.by > GROWN_MB && memory.by > GROWN_SHARE * memory.before;
    return [
      ...(isMore && !mayBeYoung ? [found(memory.by, "MB")] : []),
      ...(files.by > GROWN_FILES ? [found(files.by, "open files")] : []),
    ];
  });
}

/** Keeps what was there in the second third of the time already: what begins later has nothing to be compared with. */
function namesIn(samples: readonly Sample[]): string[] {
  return [...(samples[Math.floor(samples.length / 2)]?.usage.keys() ?? [])];
}

function pointsOf(samples: readonly Sample[], name: string, measure: "mb" | "files"): [number, number][] {
  return samples.flatMap(({ at, usage }): [number, number][] => {
    const value = usage.get(name)?.[measure];
    return value === undefined ? [] : [[at, value]];
  });
}

export function slopesTable(samples: readonly Sample[]): string {
  const late = samples.slice(Math.floor(samples.length / 3));
  const rows = namesIn(samples).map((name) => {
    const memory = pointsOf(late, name, "mb");
    const { processes = 0, mb = 0, files = 0, youngMb = 0 } = late.at(-1)?.usage.get(name) ?? {};
    const measured = [mb.toFixed(1), youngMb, slopeOf(memory).toFixed(2)];
    const open = [files.toFixed(0), slopeOf(pointsOf(late, name, "files")).toFixed(2)];
    return `| ${[name, processes, ...measured, ...open].join(" | ")} |`;
  });
  return [
    "Private memory and open files of a process, at the end, and how much they grow in the last two thirds of the time. V8 doubles its young generation, in steps, up to a limit that Lambda derives from the function's memory: garbage, which a process keeps until the next collection.",
    "",
    "| | processes | MB | V8's young generation, at most | MB a minute | files | files a minute |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}
