import type { InjectedFaults } from "../http/injectedFaults";

/** A fault that was asked for. */
export interface FaultSpec {
  readonly service: "s3" | "lambda" | "volume";
  readonly kind: string;
  /** Share of the requests that it happens to, 0 to 1; ms for `slow`. */
  readonly amount: number;
}

export interface FaultsOptions {
  readonly specs: readonly FaultSpec[];
  /** The same seed and the same order of requests give the same faults. */
  readonly seed: number;
  /** Called with each fault that happens. @default nothing */
  onFault?(service: FaultSpec["service"], kind: string, subject: string): void;
}

/**
 * Draws the faults that users ask for, to see how their clients bear them. There are none while the stack is deployed or
 * changed: what is tried is the clients, not the deployment.
 */
export class Faults {
  readonly #options: FaultsOptions;
  readonly #draws: readonly (FaultSpec & { random(): number })[];
  #suspended = 1;

  /** Suspended until the first {@link resume}. */
  constructor(options: FaultsOptions) {
    this.#options = options;
    this.#draws = options.specs.map((spec, index) => ({
      ...spec,
      random: randomOf(options.seed * 1000 + index),
    }));
  }

  suspend(): void {
    this.#suspended += 1;
  }

  resume(): void {
    this.#suspended -= 1;
  }

  /** The faults of one service; `undefined` where none was asked for. */
  of(service: FaultSpec["service"]): InjectedFaults<string> | undefined {
    if (!this.#draws.some((draw) => draw.service === service)) return undefined;
    const find = (kind: string) => this.#draws.find((draw) => draw.service === service && draw.kind === kind);
    const isSuspended = () => this.#suspended > 0;
    const { onFault } = this.#options;
    return {
      get delayMs() {
        return isSuspended() ? 0 : (find("slow")?.amount ?? 0);
      },
      happens(kind, subject) {
        const draw = find(kind);
        if (draw === undefined || isSuspended() || draw.random() >= draw.amount) return false;
        onFault?.(service, kind, subject);
        return true;
      },
    };
  }
}

/** Numbers from 0 to 1 by a seed, the same on every machine (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
