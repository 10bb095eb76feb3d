import type { Variant } from "./benchmark";
import { type FunctionCommand, startFunction } from "./functionProcess";

/** Requests to one process, and what their responses have to be. */
export interface Requests {
  /** Requests of a round. */
  readonly count: number;
  /** Requests before the first round, which are not measured. */
  readonly before: number;
  /** Milliseconds after which a slow variant is warm enough. @default no bound */
  readonly beforeMs?: number;
  /** Samples' unit. @default "ms" */
  readonly unit?: "ms" | "µs";
  /** The next event, as JSON. */
  next(): string;
  /** @throws Error  The response to the last event is not right. */
  check(response: string): void;
}

/** A variant of requests to one process, one after the other, from each event to its result; each is a sample. */
export function warmProcess(name: string, command: FunctionCommand, requests: Requests): Variant {
  return {
    name,
    async start() {
      const running = await startFunction(command);
      const ask = async () => {
        const event = requests.next();
        const started = performance.now();
        const response = await running.invoke(event);
        const ms = performance.now() - started;
        requests.check(response);
        return requests.unit === "µs" ? ms * 1000 : ms;
      };
      const until = performance.now() + (requests.beforeMs ?? Number.POSITIVE_INFINITY);
      for (let i = 0; i < requests.before && performance.now() < until; i++) await ask();
      return {
        async round() {
          const samples: number[] = [];
          for (let i = 0; i < requests.count; i++) samples.push(await ask());
          return samples;
        },
        close: () => running.close(),
      };
    },
  };
}
