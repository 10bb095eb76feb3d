import type { Called } from "./callFunction";
import { stringifyExactly } from "./exactJson";
import { NotByRow, type Target } from "./target";

/** A row that the endpoint is asked for. */
export interface AskedRow {
  /** Its number in the file, from 0. */
  readonly row: number;
  /** The row as the target has it in a request. */
  readonly value: unknown;
}

/** A row's line in the results, as JSON. */
export interface RowResult {
  readonly row: number;
  readonly failed: boolean;
  readonly line: string;
}

export function failedRow(row: number, status: number, error: string): RowResult {
  return { row, failed: true, line: JSON.stringify({ row, status, error }) };
}

/**
 * Asks an endpoint for rows. Where it rejects a group, the rows that it names are failed and the others are asked again;
 * where it names none, each half is asked, down to the single row.
 */
export async function askRows(
  target: Target,
  call: (body: string) => Promise<Called>,
  rows: readonly AskedRow[],
): Promise<RowResult[]> {
  if (rows.length === 0) return [];
  const ask = (some: readonly AskedRow[]) => askRows(target, call, some);
  const halves = async () => {
    const middle = rows.length >> 1;
    return [...(await ask(rows.slice(0, middle))), ...(await ask(rows.slice(middle)))];
  };
  try {
    const called = await call(target.writeRequest(rows.map(({ value }) => value)));
    const { status, body } = called;
    if (status === 200) {
      const values = target.readResponse(body, rows.length);
      return rows.map(({ row }, i) => ({
        row,
        failed: false,
        line: `{"row":${row},"answer":${stringifyExactly(values[i] ?? null)}}`,
      }));
    }
    const error = reasonOf(body);
    const named = status === 400 ? namedRows(body, rows.length, error) : new Map<number, string>();
    if (rows.length === 1 || target.aboutAll.includes(status) || status === 429 || status === 503) {
      return rows.map(({ row }, i) => failedRow(row, status, named.get(i) ?? error));
    }
    if (named.size === 0) return await halves();
    const others = await ask(rows.filter((_, i) => !named.has(i)));
    const wrong = [...named].map(([i, reason]) => failedRow(rows[i]?.row ?? -1, status, reason));
    return [...wrong, ...others].sort((a, b) => a.row - b.row);
  } catch (failure) {
    if (!(failure instanceof NotByRow) || rows.length === 1) throw failure;
    return halves();
  }
}

/** The rows of a group that an error names, as `instances.3.sl` or by number, each with what is wrong with it. */
function namedRows(body: string, count: number, error: string): Map<number, string> {
  const { errors, instances } = objectOf(body);
  const named = new Map<number, string>();
  if (Array.isArray(errors)) {
    for (const { path, message } of errors as { path?: unknown; message?: unknown }[]) {
      const [, row, field] = /^instances\.(\d+)(?:\.(.+))?$/s.exec(String(path)) ?? [];
      if (row === undefined) continue;
      const problem = field === undefined ? `${message}` : `${field} ${message}`;
      const before = named.get(Number(row));
      named.set(Number(row), before === undefined ? problem : `${before}; ${problem}`);
    }
  }
  for (const row of Array.isArray(instances) ? instances : []) {
    if (!named.has(Number(row))) named.set(Number(row), error);
  }
  return new Map([...named].filter(([row]) => row >= 0 && row < count));
}

/** Finds the reason in an error's body: `message`, the protocol's `error`, or breast-cancer's `reason`. */
function reasonOf(body: string): string {
  const { message, error, reason } = objectOf(body);
  const said = [message, error, reason].find((text) => typeof text === "string") ?? body;
  return String(said).slice(0, 1_000);
}

function objectOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
