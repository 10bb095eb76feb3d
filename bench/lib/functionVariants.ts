import type { Variant } from "./benchmark";
import { type FunctionCommand, startFunction } from "./functionProcess";

/** Requests before the first round: V8 compiles what is called often in three steps. */
const WARM_UP = 4_000;
/** ms after which a slow variant is warm enough. */
const MAX_WARM_UP = 5_000;

/**
 * Measures requests to a warm function, in microseconds: from the event that it is given to its result, the next event
 * right after that.
 *
 * @param requests  Of a round.
 */
export function warmFunction(
  name: string,
  command: FunctionCommand,
  event: string,
  requests: number,
): Variant {
  return {
    name,
    async start() {
      const running = await startFunction(command);
      const ask = async () => {
        const started = performance.now();
        checkResult(await running.invoke(event));
        return (performance.now() - started) * 1000;
      };
      const until = performance.now() + MAX_WARM_UP;
      for (let i = 0; i < WARM_UP && performance.now() < until; i++) await ask();
      return {
        async round() {
          const samples: number[] = [];
          for (let i = 0; i < requests; i++) samples.push(await ask());
          return samples;
        },
        close: () => running.close(),
      };
    },
  };
}

/** Measures cold starts, in milliseconds: from the start of the process to the result of its first event. */
export function coldFunction(name: string, command: FunctionCommand, event: string): Variant {
  return {
    name,
    async start() {
      return {
        async round() {
          const started = performance.now();
          const running = await startFunction(command);
          checkResult(await running.invoke(event));
          const taken = performance.now() - started;
          await running.close();
          return [taken];
        },
      };
    },
  };
}

function checkResult(result: string): void {
  if (!result.startsWith('{"statusCode":200,') && !result.startsWith('{"statusCode": 200,'))
    throw new Error(`a function's result is ${result.slice(0, 1_000)}`);
}
