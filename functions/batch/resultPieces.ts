import { type Batch, keyOf } from "./batchKey";
import { type BatchObjects, Changed } from "./batchObjects";

/** A batch's progress after a piece of its results. */
export interface Position {
  readonly pieces: number;
  readonly rows: number;
  readonly failed: number;
}

/** How many digits a piece's number has in its key. */
const DIGITS = 6;

/**
 * The results of a batch until they are whole: pieces that are written once, by whichever run comes first. They are what
 * holds; the state only says how far they are.
 */
export class ResultPieces {
  readonly #objects: BatchObjects;
  readonly #folder: string;

  constructor(objects: BatchObjects, batch: Batch, job: string) {
    this.#objects = objects;
    this.#folder = keyOf(batch, "state", `/${job}/`);
  }

  /** The position after the pieces that are there; a run that died may have written one that its state does not tell of. */
  async lastPosition({ pieces, rows, failed }: Position): Promise<Position> {
    let position = { pieces, rows, failed };
    for (;;) {
      const info = await this.#objects.head(this.#key(position.pieces));
      if (info === undefined) return position;
      position = {
        pieces: position.pieces + 1,
        rows: Number(info.metadata.rows),
        failed: Number(info.metadata.failed),
      };
    }
  }

  /**
   * Adds a piece.
   *
   * @returns  The position after it. Where another run was first, its piece holds.
   */
  async add(
    before: Position,
    results: readonly { readonly line: string; readonly failed: boolean }[],
  ): Promise<Position> {
    const rows = before.rows + results.length;
    const failed = before.failed + results.filter((result) => result.failed).length;
    const body = results.map(({ line }) => `${line}\n`).join("");
    try {
      const metadata = { rows: String(rows), failed: String(failed) };
      await this.#objects.put(this.#key(before.pieces), body, { ifMatch: null, metadata });
      return { pieces: before.pieces + 1, rows, failed };
    } catch (error) {
      if (!(error instanceof Changed)) throw error;
      return this.lastPosition(before);
    }
  }

  /** The lines of the rows that were answered, or of those that failed, in the rows' order. */
  async *lines(pieces: number, which: "out" | "failed"): AsyncIterable<string> {
    for (let piece = 0; piece < pieces; piece++) {
      const text = (await this.#objects.get(this.#key(piece)))?.text;
      if (text === undefined) throw new Error(`${this.#key(piece)} is missing`);
      const lines = text.split("\n").filter((line) => line !== "" && isFailed(line) === (which === "failed"));
      if (lines.length > 0) yield `${lines.join("\n")}\n`;
    }
  }

  #key(piece: number): string {
    return `${this.#folder}${String(piece).padStart(DIGITS, "0")}`;
  }
}

function isFailed(line: string): boolean {
  return /^\{"row":\d+,"status":/.test(line);
}
