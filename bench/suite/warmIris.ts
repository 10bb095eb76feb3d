import type { Benchmark } from "../lib/benchmark";
import { bundledFunctions } from "../lib/bundledFunctions";
import { functionUrlEvent } from "../lib/functionUrlEvent";
import { warmFunction } from "../lib/functionVariants";
import { pythonFunctions } from "../lib/pythonFunctions";

const ONNX_RUNTIME = "paddock, ONNX Runtime";
const EVALUATOR = "paddock, evaluator";
const BARE = "bare handler in Node.js";
const PYTHON = "bare handler in Python";
const LOADED_ONCE = "scikit-learn, loaded once";
const LOADED_EACH = "scikit-learn, loaded by each request";

/** Requests of a round, fewer of what takes milliseconds. */
const [REQUESTS, SLOW_REQUESTS] = [250, 25];

const LOOP =
  "The loop of the Runtime API in Node.js, on `node:http`, is four fifths of the evaluator's time, as the empty handler shows; awslambdaric's is native. What the evaluator takes beyond the loop is a fiftieth of what scikit-learn takes, and less than a hundredth where the forest is loaded by each request.";

export const benchmark: Benchmark = {
  name: "warmIris",
  title: "A warm request of `iris`",
  about: `A function that is loaded gets the event of a function URL by Lambda's Runtime API, and its result comes back: a
sample is the time between, the next event follows at once. The API is served by the process that measures; functions in
Node.js have the same loop of a few lines. paddock's is the archive as it is deployed, and writes its line of log and
metrics. The bare handlers parse the body, run the same \`model.onnx\` by ONNX Runtime for the label, and do nothing else;
those in Python run under AWS's \`awslambdaric\`. The empty handler is what the loop itself takes. scikit-learn predicts with
the forest that the model was made from.`,
  unit: "µs",
  rounds: 60,
  discardedRounds: 3,
  async variants({ folder, python }) {
    const event = functionUrlEvent("iris");
    const { onnxRuntime, evaluator, bare, empty } = bundledFunctions("iris", folder);
    const inNode = [
      warmFunction(ONNX_RUNTIME, onnxRuntime, event, REQUESTS),
      warmFunction(EVALUATOR, evaluator, event, REQUESTS),
      warmFunction(BARE, bare, event, REQUESTS),
      warmFunction("empty handler in Node.js", empty, event, REQUESTS),
    ];
    if (python === undefined) return inNode;
    const { onnxRuntime: inPython, scikitLearn, scikitLearnEach } = pythonFunctions(python, folder);
    return [
      ...inNode,
      warmFunction(PYTHON, inPython, event, REQUESTS),
      warmFunction(LOADED_ONCE, scikitLearn, event, SLOW_REQUESTS),
      warmFunction(LOADED_EACH, scikitLearnEach, event, SLOW_REQUESTS),
    ];
  },
  goals: [
    {
      variant: ONNX_RUNTIME,
      against: BARE,
      atMost: 1.1,
      obstacle:
        "The line of log and metrics, which the bare handler does not write, is 0.07 of the ratio, half of that the system call; validation of the request is 0.02.",
    },
    { variant: ONNX_RUNTIME, against: PYTHON, atMost: 1.3 },
    { variant: ONNX_RUNTIME, against: PYTHON, quantile: 0.99, atMost: 1.5 },
    { variant: EVALUATOR, against: PYTHON, atMost: 1, obstacle: LOOP },
    { variant: EVALUATOR, against: PYTHON, quantile: 0.99, atMost: 1, obstacle: LOOP },
    {
      variant: LOADED_ONCE,
      against: EVALUATOR,
      atLeast: 20,
      obstacle: LOOP,
    },
    { variant: LOADED_EACH, against: EVALUATOR, atLeast: 75, obstacle: LOOP },
  ],
};
