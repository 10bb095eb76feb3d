import { hash } from "node:crypto";
import { type Batch, keyOf } from "./batchKey";
import type { BatchObjects, FileInfo } from "./batchObjects";

/** `state/<name>.json`: how far a batch is, and which run is at it. */
export interface BatchState {
  readonly status: "running" | "done" | "failed";
  /** Why the file could not be answered to its end. */
  readonly error?: string;
  /** Rows with a line in the results, those that failed among them. */
  readonly rows: number;
  readonly failed: number;
  /** Pieces of the results: `state/<name>/<job>/<piece>`. */
  readonly pieces: number;
  readonly input: { readonly key: string; readonly bytes: number; readonly uploadedAt: string };
  /** The file's identity: another upload under its key is another job. */
  readonly job: string;
  /** The invocation that is at it; `null` between two runs. */
  readonly run: string | null;
  readonly runs: number;
  /** Runs in a row that answered nothing. */
  readonly idleRuns: number;
  readonly startedAt: string;
  readonly updatedAt: string;
}

/** ms after which a run that did not write its state has died: a step takes less. */
const RUN_DIED = 10 * 60 * 1000;

/** Reads a state. @returns  `undefined` for what is none, in whose place a new one is written */
function readState(text: string): BatchState | undefined {
  try {
    const state = JSON.parse(text) as BatchState;
    return typeof state.job === "string" && typeof state.input.uploadedAt === "string" ? state : undefined;
  } catch {
    return undefined;
  }
}

/** A batch that this run alone goes on with: whoever writes the state last does. */
export class ClaimedState {
  readonly #batch: Batch;
  readonly #objects: BatchObjects;
  #etag: string | null;
  #current: BatchState;

  constructor(batch: Batch, objects: BatchObjects, etag: string | null, current: BatchState) {
    this.#batch = batch;
    this.#objects = objects;
    this.#etag = etag;
    this.#current = current;
  }

  get current(): BatchState {
    return this.#current;
  }

  /**
   * Takes a batch for a run: a new one, or one whose run is over, has died, or was this one, tried again by Lambda.
   *
   * @returns  The state, or why there is nothing to do.
   * @throws Changed  Another run took it at the same time.
   */
  static async claim(
    batch: Batch,
    file: FileInfo,
    objects: BatchObjects,
    run: string,
  ): Promise<ClaimedState | "done" | "busy" | "older"> {
    const found = await objects.get(keyOf(batch, "state"));
    const before = found && readState(found.text);
    const job = hash("sha256", `${batch.key} ${file.versionId} ${file.etag}`).slice(0, 16);
    const now = new Date();
    if (before?.job === job) {
      if (before.status !== "running") return "done";
      const isAnother = before.run !== null && before.run !== run;
      // A time to come was written before the clock was set back.
      if (isAnother && Math.abs(now.getTime() - Date.parse(before.updatedAt)) < RUN_DIED) return "busy";
    } else if (before && before.input.uploadedAt > file.uploadedAt.toISOString()) {
      // An event of an earlier upload, delivered late; or the clock was set back between two uploads.
      const current = await objects.head(batch.key);
      if (current?.etag !== file.etag || current.versionId !== file.versionId) return "older";
    }
    const startedAt = now.toISOString();
    const input = { key: batch.key, bytes: file.bytes, uploadedAt: file.uploadedAt.toISOString() };
    const fresh: BatchState = {
      ...{ status: "running", rows: 0, failed: 0, pieces: 0, input, job },
      ...{ run, runs: 0, idleRuns: 0, startedAt, updatedAt: startedAt },
    };
    const state = before?.job === job ? before : fresh;
    const claimed = new ClaimedState(batch, objects, found?.etag ?? null, state);
    await claimed.write({ run, runs: state.runs + 1 });
    return claimed;
  }

  /** @throws Changed  Another run goes on with the batch. */
  async write(changes: Partial<BatchState>): Promise<void> {
    const next = { ...this.#current, ...changes, updatedAt: new Date().toISOString() };
    const body = `${JSON.stringify(next, null, 2)}\n`;
    this.#etag = await this.#objects.put(keyOf(this.#batch, "state"), body, { ifMatch: this.#etag });
    this.#current = next;
  }
}
