import { type AskedRow, askRows, failedRow, type RowResult } from "./askRows";
import { type Batch, keyOf } from "./batchKey";
import { type BatchObjects, Changed } from "./batchObjects";
import { ClaimedState } from "./batchState";
import { type Called, TimeUp } from "./callFunction";
import { BadFile, BadRow, type RawRow } from "./rawRow";
import { readRows } from "./readFile";
import { type Position, ResultPieces } from "./resultPieces";
import { groupsOf, stepsOf } from "./rowSteps";
import type { Target } from "./target";

export interface RunOptions {
  readonly objects: BatchObjects;
  /** The invocation; Lambda gives the same to each try of an event. */
  readonly run: string;
  /** Asks the endpoint how it is asked. @throws BadFile  It cannot be. */
  open(batch: Batch): Promise<Target>;
  call(batch: Batch, path: string, body: string): Promise<Called>;
  /** Whether there is time for another step. */
  hasTime(): boolean;
}

/** How a run ended: `continues` needs another one; the others are why there was nothing to do. */
export type RunEnd = "done" | "failed" | "continues" | "gone" | "busy" | "older" | "taken";

export interface RunResult extends Partial<Position> {
  readonly status: RunEnd;
  readonly error?: string;
}

/** Requests to an endpoint at once: its other callers need instances, too. */
const CONCURRENCY = 4;

/** Runs in a row without a result, after which a batch has failed: it would start itself for ever. */
const MAX_IDLE_RUNS = 3;

/** Goes on with a batch until it is whole or the run's time is over. */
export async function runBatch(batch: Batch, options: RunOptions): Promise<RunResult> {
  const { objects, run, hasTime } = options;
  const file = await objects.head(batch.key);
  if (file === undefined) return { status: "gone" };
  try {
    const state = await ClaimedState.claim(batch, file, objects, run);
    if (typeof state === "string") return { status: state };
    const pieces = new ResultPieces(objects, batch, state.current.job);
    const begun = await pieces.lastPosition(state.current);
    let position = begun;
    const end = async (status: "done" | "failed", error?: string): Promise<RunResult> => {
      for (const folder of ["out", "failed"] as const) {
        await objects.write(keyOf(batch, folder), pieces.lines(position.pieces, folder));
      }
      await state.write({ ...position, status, run: null, ...(error !== undefined && { error }) });
      return { ...position, status, ...(error !== undefined && { error }) };
    };
    try {
      const target = await options.open(batch);
      const steps = stepsOf(readRows(objects.open(batch.key, file), batch.format, begun.rows), target);
      for await (const rows of steps) {
        if (!hasTime()) throw new TimeUp("The run's time is over");
        // Another run's piece may have had more rows, where the program has changed in between.
        const first = begun.rows + rows.from;
        if (first !== position.rows) throw new Changed("Another run wrote the results");
        const results = await askStep(batch, target, options, rows.rows, first);
        position = await pieces.add(position, results);
        await state.write(position);
      }
      return await end("done");
    } catch (error) {
      if (error instanceof BadFile) return await end("failed", error.message);
      if (error instanceof Changed && (await objects.head(batch.key)) === undefined) {
        // Only the run that the batch belongs to may end it.
        await state.write(position);
        return await end("failed", "The file was deleted before all of its rows were answered");
      }
      if (!(error instanceof TimeUp)) throw error;
      const idleRuns = position.pieces > begun.pieces ? 0 : state.current.idleRuns + 1;
      if (idleRuns >= MAX_IDLE_RUNS) {
        return await end("failed", `${idleRuns} runs in a row had no answer: see the endpoint's log`);
      }
      await state.write({ ...position, run: null, idleRuns });
      return { ...position, status: "continues" };
    }
  } catch (error) {
    if (error instanceof Changed) return { status: "taken" };
    throw error;
  }
}

/** Answers rows in groups, several at a time, in the rows' order. */
async function askStep(
  batch: Batch,
  target: Target,
  { call }: RunOptions,
  raw: readonly RawRow[],
  first: number,
): Promise<RowResult[]> {
  const groups = groupsOf(raw, target, first);
  const results: RowResult[] = [];
  const work = async () => {
    for (const group of groups) {
      const asked: AskedRow[] = [];
      // Read when it is asked for: a row takes more memory than its text.
      for (const { row, content } of group) {
        try {
          asked.push({ row, value: target.readRow(content) });
        } catch (error) {
          if (!(error instanceof BadRow)) throw error;
          results.push(failedRow(row, 400, error.message));
        }
      }
      results.push(...(await askRows(target, (body) => call(batch, target.path, body), asked)));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return results.sort((a, b) => a.row - b.row);
}
