const WIDTH = 24;

/** A bar that fills up in one line of the terminal; nothing where standard error is none. */
export class ProgressBar {
  readonly #terminal = process.stderr.isTTY;
  readonly #label: string;
  readonly #total: number;

  /** @param total  Final value of {@link show}. */
  constructor(label: string, total: number) {
    this.#label = label;
    this.#total = total;
    this.show(0);
  }

  show(done: number): void {
    if (!this.#terminal) return;
    const part = Math.min(done / this.#total, 1);
    const bar = "#".repeat(Math.round(part * WIDTH)).padEnd(WIDTH, ".");
    process.stderr.write(`\r${this.#label}  [${bar}] ${String(Math.round(part * 100)).padStart(3)} %`);
  }

  end(): void {
    if (this.#terminal) process.stderr.write("\n");
  }
}
