/** Variants that are measured beside each other in one run, and the goals that their ratios have to meet. */
export interface Benchmark {
  /** The file's name in `bench/suite/`. */
  readonly name: string;
  /** A heading of docs/performance.md. */
  readonly title: string;
  /** The method in a paragraph of Markdown: what is started, sent and counted, and what the floor is. */
  readonly about: string;
  readonly unit: "µs" | "ms" | "s" | "requests/s" | "MiB";
  /** Rounds in which each variant takes its turn, in random order. */
  readonly rounds: number;
  /** Rounds that are not counted, before. @default 1 */
  readonly discardedRounds?: number;
  /** Makes the variants; what they write goes to `folder`, which is removed after the run. */
  variants(context: BenchmarkContext): Promise<readonly Variant[]>;
  readonly goals: readonly Goal[];
}

export interface BenchmarkContext {
  /** An empty folder of this benchmark's own. */
  readonly folder: string;
  /** The Python that `bench/peers/install.ts` made; without it, variants that need it are left out. */
  readonly python: string | undefined;
  /** Ends what several variants share, when all of them are closed. */
  onEnd(close: () => Promise<void>): void;
}

export interface Variant {
  /** The name in tables and goals. */
  readonly name: string;
  /** Starts what is measured and warms it up. All variants are started before the first round. */
  start(): Promise<Measured>;
}

export interface Measured {
  /** Takes the samples of one round in the benchmark's unit: a sample a request, or one of a start. */
  round(): Promise<readonly number[]>;
  /** Ends what was started, after the last round. */
  close?(): Promise<void> | void;
}

/** A bound of the ratio of two variants: of the rounds' medians, or of a quantile over all rounds' samples. */
export interface Goal {
  readonly variant: string;
  readonly against: string;
  /** 0.5 is the median. @default 0.5 */
  readonly quantile?: 0.5 | 0.99;
  /** Times of `variant` over `against`: at most, or at least (for speeds, and for what is to be slower). */
  readonly atMost?: number;
  readonly atLeast?: number;
  /** Says in Markdown, from measurements, why the goal is not met. */
  readonly obstacle?: string;
}
