import { recordMetric } from "../metrics";

/** Hits without loads are recorded at most this often; a load or an eviction is recorded at once. */
const HITS_EVERY_MS = 60_000;

/** Counts what a model store does, for the log line of the request at work. */
export class ModelMetrics {
  #hits = 0;
  #changed = false;
  #recordedAt: number;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
    this.#recordedAt = now();
  }

  /** @param ms  From asking the source to the session. */
  load(ms: number): void {
    recordMetric("ModelLoads");
    recordMetric("ModelLoadTime", Math.round(ms * 100) / 100);
    this.#changed = true;
  }

  failure(): void {
    recordMetric("ModelLoadFailures");
  }

  hit(): void {
    this.#hits++;
  }

  eviction(): void {
    recordMetric("ModelEvictions");
    this.#changed = true;
  }

  /** Records hits and sizes, when they are due. */
  record(models: number, bytes: number): void {
    const hitsAreDue = this.#hits > 0 && this.#now() - this.#recordedAt >= HITS_EVERY_MS;
    if (!this.#changed && !hitsAreDue) return;
    recordMetric("ModelHits", this.#hits);
    recordMetric("ModelsLoaded", models);
    recordMetric("ModelBytes", bytes);
    this.#hits = 0;
    this.#changed = false;
    this.#recordedAt = this.#now();
  }
}
