import { type Paint, paintFor } from "./terminal";

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 80;
/** A step that takes less needs no line. */
const QUICK_MS = 400;
const ERASE_LINE = "\r\x1b[2K";

type Output = Pick<NodeJS.WriteStream, "isTTY"> & { write(text: string): unknown } & Partial<
    Pick<NodeJS.WriteStream, "hasColors" | "columns">
  >;

interface Step {
  readonly text: string;
  readonly since: number;
  detail: string;
  shown: boolean;
}

/**
 * Says what a command is doing and how long each step took: a spinner in a terminal, in a pipe a line with the time since
 * the command's start. On standard error, so that a command's own output stays as it is.
 */
export class Progress {
  readonly #started = performance.now();
  readonly #output: Output;
  readonly #paint: Paint;
  #step: Step | undefined;
  #timer: NodeJS.Timeout | undefined;
  #frame = 0;

  constructor(output: Output = process.stderr) {
    this.#output = output;
    this.#paint = paintFor(output);
  }

  /** Begins a step, and ends the one before. @param text  What is done, e.g. `Evaluating the program`. */
  step(text: string): void {
    this.end();
    this.#step = { text, since: performance.now(), detail: "", shown: false };
    this.#timer = this.#output.isTTY
      ? setInterval(() => this.#draw(), FRAME_MS)
      : setTimeout(() => this.#say(), QUICK_MS);
    this.#timer.unref();
  }

  /** Shows the step's detail, in a terminal. */
  detail(text: string): void {
    if (this.#step) this.#step.detail = text;
  }

  /** Ends the step, if one is under way; it stays to be seen where it took time. */
  end(failed = false): void {
    clearInterval(this.#timer);
    const step = this.#step;
    if (!step) return;
    const ms = performance.now() - step.since;
    if (ms >= QUICK_MS && !this.#output.isTTY) this.#say();
    this.#step = undefined;
    if (!this.#output.isTTY) return;
    if (step.shown) this.#output.write(ERASE_LINE);
    const sign = failed ? this.#paint("red", "✗") : this.#paint("green", "✓");
    if (ms >= QUICK_MS) this.#output.write(`${sign} ${step.text}  ${this.#paint("dim", seconds(ms))}\n`);
  }

  /** Ends the step without a trace. */
  clear(): void {
    clearInterval(this.#timer);
    if (this.#step?.shown && this.#output.isTTY) this.#output.write(ERASE_LINE);
    this.#step = undefined;
  }

  /** Writes what is not the progress's own to the terminal, in front of the spinner. */
  print(text: string, write: (text: string) => void = (each) => this.#output.write(each)): void {
    if (this.#step?.shown && this.#output.isTTY) this.#output.write(ERASE_LINE);
    write(text);
  }

  #say(): void {
    const step = this.#step;
    if (!step || step.shown) return;
    step.shown = true;
    this.#output.write(`${seconds(step.since - this.#started).padStart(7)}  ${step.text}\n`);
  }

  #draw(): void {
    const step = this.#step;
    if (!step) return;
    step.shown = true;
    const frame = FRAMES[this.#frame++ % FRAMES.length] ?? "";
    const detail = step.detail === "" ? "" : `  ${step.detail}`;
    const line = `${step.text}  ${seconds(performance.now() - step.since)}${detail}`;
    const width = (this.#output.columns || 80) - 3;
    this.#output.write(`${ERASE_LINE}${this.#paint("cyan", frame)} ${line.slice(0, width)}`);
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** The process's own: there is one terminal. */
export const progress = new Progress();
