/** A handler whose requests are counted. */
export interface Subject {
  readonly name: string;
  /** Its process' environment; `LAMBDA_TASK_ROOT` is the folder of its `index.js`. */
  readonly environment: Readonly<Record<string, string>>;
  /** JSON. */
  readonly event: string;
}
