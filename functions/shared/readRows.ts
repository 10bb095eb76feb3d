import { array, type GenericSchema, type InferOutput, maxLength, minLength, object, pipe } from "valibot";
import { BadRequest, type FieldError } from "./errors";
import { validate } from "./validate";
import { withoutNulls } from "./withoutNulls";

/** Rows in one request. */
const MAX_ROWS = 1_000;

/** Describes a request of several rows; {@link readRows} reads it, and says what is wrong in other words. */
export function rowsInput(row: GenericSchema) {
  return object({ instances: pipe(array(row), minLength(1), maxLength(MAX_ROWS)) });
}

/** Rows of a request that are wrong. */
export class BadRows extends BadRequest {
  /** Their numbers in `instances`, from 0. */
  readonly rows: readonly number[];

  constructor(rows: readonly number[], problems: readonly FieldError[]) {
    const [first] = problems;
    const more = rows.length > 1 ? `; ${rows.length} rows are wrong` : "";
    super(`${first?.path} ${first?.message}${more}`, { errors: problems });
    this.rows = rows;
  }
}

/**
 * Reads the rows of a request, each as the body of a request for one.
 *
 * @param instances    The member of the request.
 * @throws BadRequest  No list of 1 to 1,000 rows.
 * @throws BadRows     Rows that do not fit the schema, with paths as `instances.3.sl`.
 */
export function readRows<S extends GenericSchema>(schema: S, instances: unknown): InferOutput<S>[] {
  if (!Array.isArray(instances) || instances.length === 0 || instances.length > MAX_ROWS) {
    const message = `must be a list of 1 to ${MAX_ROWS} rows`;
    throw new BadRequest(`instances ${message}`, { errors: [{ path: "instances", message }] });
  }
  const wrong: number[] = [];
  const problems: FieldError[] = [];
  const rows = instances.map((row: unknown, i) => {
    try {
      return validate(schema, withoutNulls(row));
    } catch (error) {
      if (!(error instanceof BadRequest)) throw error;
      wrong.push(i);
      for (const { path, message } of error.errors ?? []) {
        problems.push({ path: `instances.${i}${path && `.${path}`}`, message });
      }
      return undefined;
    }
  });
  if (wrong.length > 0) throw new BadRows(wrong, problems);
  return rows as InferOutput<S>[];
}
