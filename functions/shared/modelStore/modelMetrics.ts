import { log } from "../log";

const NAMESPACE = "paddock";

/** Hits without loads are written at most this often; a load or an eviction is written at once. */
const HITS_EVERY_MS = 60_000;

/** CloudWatch's names and units: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
const METRICS = [
  { Name: "ModelLoads", Unit: "Count" },
  { Name: "ModelLoadTime", Unit: "Milliseconds" },
  { Name: "ModelHits", Unit: "Count" },
  { Name: "ModelEvictions", Unit: "Count" },
  { Name: "ModelsLoaded", Unit: "Count" },
  { Name: "ModelBytes", Unit: "Bytes" },
] as const;

/** Counts what a model store does, and writes it as log lines in CloudWatch's embedded metric format. */
export class ModelMetrics {
  #loadTimes: number[] = [];
  #hits = 0;
  #evictions = 0;
  #writtenAt: number;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
    this.#writtenAt = now();
  }

  /** @param ms  From asking the source to the session. */
  load(ms: number): void {
    this.#loadTimes.push(Math.round(ms * 100) / 100);
  }

  hit(): void {
    this.#hits++;
  }

  eviction(): void {
    this.#evictions++;
  }

  /** Writes one line, unless there is nothing to report. */
  write(models: number, bytes: number): void {
    const loadTimes = this.#loadTimes;
    const hits = this.#hits;
    const evictions = this.#evictions;
    const hitsAreDue = hits > 0 && this.#now() - this.#writtenAt >= HITS_EVERY_MS;
    if (loadTimes.length === 0 && evictions === 0 && !hitsAreDue) return;
    const values = {
      ModelLoads: loadTimes.length,
      // A metric without a value would count as one of 0.
      ...(loadTimes.length > 0 && { ModelLoadTime: loadTimes }),
      ModelHits: hits,
      ModelEvictions: evictions,
      ModelsLoaded: models,
      ModelBytes: bytes,
    };
    log("info", {
      _aws: {
        Timestamp: Date.now(),
        CloudWatchMetrics: [
          {
            Namespace: NAMESPACE,
            Dimensions: [["FunctionName"]],
            Metrics: METRICS.filter(({ Name }) => Name in values),
          },
        ],
      },
      FunctionName: process.env.AWS_LAMBDA_FUNCTION_NAME ?? "local",
      ...values,
    });
    this.#loadTimes = [];
    this.#hits = 0;
    this.#evictions = 0;
    this.#writtenAt = this.#now();
  }
}
