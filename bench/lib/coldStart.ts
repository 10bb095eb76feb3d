import type { Benchmark, BenchmarkContext, Variant } from "./benchmark";
import { bundledFunctions } from "./bundledFunctions";
import { functionUrlEvent } from "./functionUrlEvent";
import { coldFunction } from "./functionVariants";

const ONNX_RUNTIME = "paddock, ONNX Runtime";
const EVALUATOR = "paddock, evaluator";
const BARE = "bare handler";
const EMPTY = "Node.js alone";

/**
 * Cold starts of an endpoint with a bundled model, beside a bare handler with the same model and no handler at all.
 *
 * @param peers  What else is compared. @default nothing
 */
export function coldStart(
  name: string,
  endpoint: string,
  peers: (context: BenchmarkContext) => readonly Variant[] = () => [],
): Benchmark {
  return {
    name,
    title: `A cold start of \`${endpoint}\``,
    about: `A sample is the time from the start of a function's process to the result of its first event, by Lambda's
Runtime API; what is loaded lies in the page cache. The bare handler is bundled as paddock's archive is, makes a session of
the same \`model.onnx\` and runs it. Node.js alone is the runtime's loop of a few lines, with an empty handler.`,
    unit: "ms",
    rounds: 40,
    discardedRounds: 2,
    async variants(context) {
      const event = functionUrlEvent(endpoint);
      const { onnxRuntime, evaluator, bare, empty } = bundledFunctions(endpoint, context.folder);
      return [
        coldFunction(ONNX_RUNTIME, onnxRuntime, event),
        coldFunction(EVALUATOR, evaluator, event),
        coldFunction(BARE, bare, event),
        coldFunction(EMPTY, empty, event),
        ...peers(context),
      ];
    },
    goals: [
      {
        variant: ONNX_RUNTIME,
        against: BARE,
        atMost: 1.05,
        obstacle:
          "Of 5 ms of processor time beyond the bare handler's, 2 are the bundle, which has three times its code, and 2 the first request, whose code V8 compiles when it is first called.",
      },
      {
        variant: EVALUATOR,
        against: EMPTY,
        atMost: 1.15,
        obstacle:
          "To read a forest of a thousand nodes takes 5 ms of processor time, since V8 still interprets the code that does; the bundle takes 4, the first request 2.",
      },
    ],
  };
}
