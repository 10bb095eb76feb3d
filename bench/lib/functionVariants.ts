import type { Variant } from "./benchmark";
import { type FunctionCommand, startFunction } from "./functionProcess";
import { warmProcess } from "./warmProcess";

/** Requests before the first round: V8 compiles what is called often in three steps. */
const WARM_UP = 4_000;
/** ms after which a slow variant is warm enough. */
const MAX_WARM_UP = 5_000;

/** Measures requests with one event to a warm function, in microseconds. @param count  Requests of a round. */
export function warmFunction(name: string, command: FunctionCommand, event: string, count: number): Variant {
  const beforeRounds = { before: WARM_UP, beforeMs: MAX_WARM_UP };
  return warmProcess(name, command, {
    ...beforeRounds,
    count,
    unit: "µs",
    next: () => event,
    check: checkResult,
  });
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
