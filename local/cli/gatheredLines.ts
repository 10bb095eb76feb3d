/** Long enough for all requests of a busy moment, too short to be noticed. */
const GATHER_MS = 10;

/** Gathers lines for a moment, and writes them together: a write for each line takes longer than the request it is about. */
export class GatheredLines {
  readonly #write: (text: string) => void;
  readonly #lines: string[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param write  Gets lines with line breaks between them. */
  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  add(line: string): void {
    this.#lines.push(line);
    this.#timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  /** Writes what is gathered at once: before the process ends. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines = this.#lines.splice(0);
    if (lines.length > 0) this.#write(lines.join("\n"));
  }
}
