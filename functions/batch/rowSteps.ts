import { BadFile, type RawRow } from "./rawRow";
import type { Target } from "./target";

/** Requests of a step, after which the results are written: what a run that dies has asked in vain. */
const STEP_REQUESTS = 20;

/** Bytes of a step's rows. Parsed, they take up to twenty times as much of the function's memory. */
const MAX_STEP_BYTES = 16 * 1024 * 1024;

/** Bytes of the rows in one request, which Lambda limits to 6 MB with all quotes escaped; a larger row goes alone. */
const MAX_REQUEST_BYTES = 2 * 1024 * 1024;

interface Step {
  /** The number of its first row, from the run's first on. */
  readonly from: number;
  readonly rows: readonly RawRow[];
}

/** A row of a request, with its number in the file. */
interface NumberedRow {
  readonly row: number;
  readonly content: RawRow;
}

/** Rows in steps. A file that ends in an error gives its last rows first. */
export async function* stepsOf(
  rows: AsyncIterable<RawRow>,
  { rowsAtOnce }: Pick<Target, "rowsAtOnce">,
): AsyncIterable<Step> {
  let step: RawRow[] = [];
  let bytes = 0;
  let from = 0;
  let broken: BadFile | undefined;
  try {
    for await (const row of rows) {
      step.push(row);
      bytes += row.bytes;
      if (step.length < rowsAtOnce * STEP_REQUESTS && bytes < MAX_STEP_BYTES) continue;
      yield { from, rows: step };
      from += step.length;
      [step, bytes] = [[], 0];
    }
  } catch (error) {
    if (!(error instanceof BadFile)) throw error;
    broken = error;
  }
  if (step.length > 0) yield { from, rows: step };
  if (broken) throw broken;
}

/** A step's rows by requests. @param first  The number of its first row. */
export function* groupsOf(
  rows: readonly RawRow[],
  { rowsAtOnce }: Pick<Target, "rowsAtOnce">,
  first: number,
): Iterable<NumberedRow[]> {
  let group: NumberedRow[] = [];
  let bytes = 0;
  for (const [i, content] of rows.entries()) {
    const isFull = group.length === rowsAtOnce || bytes + content.bytes > MAX_REQUEST_BYTES;
    if (isFull && group.length > 0) {
      yield group;
      [group, bytes] = [[], 0];
    }
    group.push({ row: first + i, content });
    bytes += content.bytes;
  }
  if (group.length > 0) yield group;
}
