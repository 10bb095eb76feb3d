/** A count of requests, and the time that they took. */
interface Duration {
  count: number;
  ns: number;
}

/** ms that the parts of a request took. */
export interface RequestTimes {
  readonly input: number;
  readonly queue: number;
  readonly infer: number;
  readonly output: number;
}

const PARTS = ["success", "fail", "queue", "compute_input", "compute_infer", "compute_output"] as const;

interface VersionStatistics {
  lastInference: number;
  readonly parts: Record<(typeof PARTS)[number], Duration>;
}

/** Versions whose numbers are kept; names are the callers'. */
const MAX_VERSIONS = 1_000;

/**
 * Counts an instance's requests by model and version, as Triton's statistics extension has them. Lambda has many
 * instances: these are the numbers of the one that answers.
 * https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/protocol/extension_statistics.html
 */
export class ModelStatistics {
  readonly #versions = new Map<string, VersionStatistics>();

  succeeded(name: string, version: string, times: RequestTimes): void {
    const statistics = this.#of(name, version);
    if (statistics === undefined) return;
    const { parts } = statistics;
    statistics.lastInference = Date.now();
    add(parts.success, times.input + times.queue + times.infer + times.output);
    add(parts.queue, times.queue);
    add(parts.compute_input, times.input);
    add(parts.compute_infer, times.infer);
    add(parts.compute_output, times.output);
  }

  failed(name: string, version: string, ms: number): void {
    const statistics = this.#of(name, version);
    if (statistics) add(statistics.parts.fail, ms);
  }

  /** The extension's `model_stat` of a version. */
  describe(name: string, version: string) {
    const { lastInference = 0, parts = emptyParts() } = this.#versions.get(`${name}/${version}`) ?? {};
    const none = { count: 0, ns: 0 };
    const { success, fail, ...rest } = parts;
    return {
      name,
      version,
      last_inference: lastInference,
      inference_count: success.count,
      execution_count: success.count,
      inference_stats: { success, fail, ...rest, cache_hit: none, cache_miss: none },
      batch_stats: [],
    };
  }

  #of(name: string, version: string): VersionStatistics | undefined {
    const key = `${name}/${version}`;
    const found = this.#versions.get(key);
    if (found !== undefined || this.#versions.size >= MAX_VERSIONS) return found;
    const statistics = { lastInference: 0, parts: emptyParts() };
    this.#versions.set(key, statistics);
    return statistics;
  }
}

function emptyParts(): VersionStatistics["parts"] {
  return Object.fromEntries(PARTS.map((part) => [part, { count: 0, ns: 0 }])) as VersionStatistics["parts"];
}

function add(duration: Duration, ms: number): void {
  duration.count++;
  duration.ns += Math.round(ms * 1e6);
}
