import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { BrokenModel } from "./brokenModel";

/** Processes that a version may end before it is rejected: the first may have ended for another reason. */
const MAX_ENDED = 2;

/**
 * A mark in the temporary folder, which outlives the process: Lambda keeps `/tmp` when it replaces a process that
 * crashed, ran out of memory or out of time. It shows which versions cause that while they are loaded.
 */
export class LoadMark {
  readonly #file: string;

  constructor(key: string, version: string) {
    const name = createHash("sha256")
      .update(JSON.stringify([key, version]))
      .digest("hex");
    this.#file = path.join(os.tmpdir(), `loading-${name}`);
  }

  /** @throws BrokenModel  Loading this version has ended two processes. */
  check(): void {
    if (this.#ended() < MAX_ENDED) return;
    throw new BrokenModel(
      "Loading it ended the function's process twice: it takes more memory or time than the function has, or crashes ONNX Runtime; upload a smaller model, or raise the function's `memorySize`",
    );
  }

  /** Runs `load`, with the mark in place meanwhile. */
  async around<T>(load: () => Promise<T>): Promise<T> {
    this.#write(this.#ended() + 1);
    try {
      return await load();
    } finally {
      rmSync(this.#file, { force: true });
    }
  }

  #ended(): number {
    try {
      return Number(readFileSync(this.#file, "utf8"));
    } catch {
      return 0;
    }
  }

  #write(ended: number): void {
    try {
      writeFileSync(this.#file, String(ended));
    } catch {
      // A full or read-only folder must not keep models from being loaded.
    }
  }
}
