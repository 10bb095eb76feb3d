import type { RowContent } from "./rawRow";

/** Rows in one request: a fifth of what endpoints take, so that what a wrong row has asked again stays small. */
export const ROWS_AT_ONCE = 200;

/** An answer does not have a part for each row: the rows are asked one by one. */
export class NotByRow extends Error {
  override readonly name = "NotByRow";
}

/** How an endpoint is asked for rows. */
export interface Target {
  /** The path within the endpoint. */
  readonly path: string;
  /** Rows that one request takes. */
  readonly rowsAtOnce: number;
  /** Makes a row of a request. @throws BadRow */
  readRow(row: RowContent): unknown;
  /** The body of a request for rows, as JSON. */
  writeRequest(rows: readonly unknown[]): string;
  /** The answer of each row. @throws NotByRow */
  readResponse(body: string, rows: number): readonly unknown[];
  /** Statuses of errors that are about all rows, such as a model that is not there. */
  readonly aboutAll: readonly number[];
}
