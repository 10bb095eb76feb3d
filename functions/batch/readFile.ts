import { parse } from "csv-parse";
import { BadRequest } from "../shared/errors";
import { isTextTooDeep, MAX_JSON_DEPTH } from "../shared/jsonDepth";
import { npyItem } from "../shared/npy/npyItem";
import { NPY_HEADER_BYTES, readNpyHeader } from "../shared/npy/readNpyHeader";
import { shown } from "../shared/shown";
import type { Batch } from "./batchKey";
import { parseExactly } from "./exactJson";
import { BadFile, type RawRow } from "./rawRow";

/** A file of rows that is read in pieces. */
export interface RowFile {
  readonly bytes: number;
  /** Its content from a byte on. */
  chunks(from: number): AsyncIterable<Uint8Array>;
}

/** Bytes of a row: a request has at most 6 MB. */
const MAX_ROW_BYTES = 6 * 1024 * 1024;

/** Digits of a number in a request, in the mean. */
const NUMBER_BYTES = 8;

/** Control characters, and what a decoder writes for bytes that are not UTF-8. */
const NOT_TEXT = /[^\P{Cc}\t\r\n]|\ufffd/u;

/** Columns of CSV, each of which costs every row more memory than its cell has bytes. */
const MAX_COLUMNS = 100_000;

/**
 * Reads the rows of a file from one of them on.
 *
 * @throws BadFile  It is not what its name says; rows that were given already are right.
 */
export function readRows(file: RowFile, format: Batch["format"], from: number): AsyncIterable<RawRow> {
  switch (format) {
    case "csv":
      return readCsv(file, from);
    case "jsonl":
      return readLines(file, from);
    case "npy":
      return readArray(file, from);
  }
}

async function* readCsv(file: RowFile, from: number): AsyncIterable<RawRow> {
  let records: string[][] = [];
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_BYTES,
    // Taken here rather than from the stream, which drops those before an error.
    on_record(record: string[]) {
      records.push(record);
      return null;
    },
  });
  let failure: Error | undefined;
  parser.on("error", (error) => (failure = error));
  let columns: readonly string[] | undefined;
  let row = 0;
  const rowsSoFar = function* (): Iterable<RawRow> {
    const taken = records;
    records = [];
    for (const cells of taken) {
      if (columns === undefined) columns = columnsOf(cells);
      else if (row++ >= from) yield rowOf(columns, cells);
    }
  };
  for await (const chunk of file.chunks(0)) {
    await new Promise((resolve) => parser.write(chunk, resolve));
    yield* rowsSoFar();
    if (failure) break;
  }
  if (!failure) await new Promise<void>((resolve) => parser.resume().once("close", resolve).end());
  yield* rowsSoFar();
  if (failure) throw new BadFile(`Row ${row} is not CSV: ${failure.message}`, { cause: failure });
  if (columns === undefined) throw new BadFile("The file is empty: its first line names the columns");
}

function columnsOf(names: readonly string[]): string[] {
  if (names.length > MAX_COLUMNS) {
    throw new BadFile(`The first line names ${names.length} columns; at most ${MAX_COLUMNS} are taken`);
  }
  if (names.some((name) => NOT_TEXT.test(name))) {
    throw new BadFile("The first line is not text in UTF-8: save the file as CSV in UTF-8, not compressed");
  }
  const [only = ""] = names;
  if (names.length === 1 && /[;\t]/.test(only)) {
    throw new BadFile(
      `The first line names one column, ${shown(only)}: save the file with commas between the values`,
    );
  }
  return names.map((name) => name.trim());
}

function rowOf(columns: readonly string[], cells: readonly string[]): RawRow {
  if (cells.length !== columns.length) {
    return wrong(`The line has ${cells.length} values, the header ${columns.length}`);
  }
  // A request of rows repeats the names.
  const bytes = cells.reduce((sum, cell, i) => sum + cell.length + (columns[i]?.length ?? 0), 0);
  return { kind: "text", columns, cells, bytes };
}

function wrong(problem: string): RawRow {
  return { kind: "wrong", problem, bytes: problem.length };
}

async function* readLines(file: RowFile, from: number): AsyncIterable<RawRow> {
  let row = 0;
  for await (const line of linesOf(file)) {
    if (line.trim() === "" || row++ < from) continue;
    yield parseLine(line);
  }
}

function parseLine(line: string): RawRow {
  if (isTextTooDeep(line)) return wrong(`The line is nested deeper than ${MAX_JSON_DEPTH} levels`);
  try {
    return { kind: "json", value: parseExactly(line), bytes: line.length };
  } catch (error) {
    return wrong(`The line is not JSON: ${(error as Error).message}`);
  }
}

async function* linesOf(file: RowFile): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of file.chunks(0)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > MAX_ROW_BYTES) throw new BadFile(`A line has over ${MAX_ROW_BYTES} bytes`);
    yield* lines;
  }
  yield rest + decoder.decode();
}

/** Items along the first axis; an array of one axis has rows of one number. */
async function* readArray(file: RowFile, from: number): AsyncIterable<RawRow> {
  const { bodyOffset, rows, rowBytes, decode } = await openArray(file);
  if (from >= rows) return;
  let rest: Uint8Array = new Uint8Array(0);
  for await (const chunk of file.chunks(bodyOffset + from * rowBytes)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    for (; at + rowBytes <= bytes.length; at += rowBytes) {
      const values = decode(bytes.subarray(at, at + rowBytes));
      yield { kind: "numbers", values, bytes: values.length * NUMBER_BYTES };
    }
    rest = bytes.subarray(at);
  }
}

async function openArray(file: RowFile) {
  let start = Buffer.alloc(0);
  for await (const chunk of file.chunks(0)) {
    start = Buffer.concat([start, chunk]);
    if (start.length >= NPY_HEADER_BYTES) break;
  }
  try {
    const header = readNpyHeader(start, file.bytes);
    const [rows = 1] = header.shape;
    if (header.shape.length === 0) throw new BadRequest("The array has no axes: rows are along its first");
    if (header.fortranOrder && header.shape.length > 1) {
      throw new BadRequest("The array is in Fortran order: save it with numpy.ascontiguousarray(rows)");
    }
    const rowBytes = rows === 0 ? 0 : (file.bytes - header.bodyOffset) / rows;
    if (rowBytes > MAX_ROW_BYTES) {
      throw new BadRequest(`A row of the array has ${rowBytes} bytes; at most ${MAX_ROW_BYTES} are taken`);
    }
    if (rows > 0 && rowBytes === 0) throw new BadRequest("The array's rows have no numbers");
    return { bodyOffset: header.bodyOffset, rows, rowBytes, decode: npyItem(header) };
  } catch (cause) {
    if (!(cause instanceof BadRequest)) throw cause;
    throw new BadFile(cause.message, { cause });
  }
}
