import type { Benchmark } from "../lib/benchmark";
import { bundledFunctions } from "../lib/bundledFunctions";
import { firstRequests } from "../lib/firstRequests";
import { functionUrlEvent } from "../lib/functionUrlEvent";
import { coldFunction } from "../lib/functionVariants";

const [FIRST, DEPLOYED, BARE] = ["first request", "the function's own cold start", "bare handler"];

export const benchmark: Benchmark = {
  name: "firstRequest",
  title: "The first request after a deployment",
  about: `\`iris\` is deployed to the local cloud with another archive, and asked by its function URL at once: the sample is the
time from the request to the end of its response. In that time the local cloud starts a process, which loads the archive and the
model. The function's own cold start is that process without the local cloud, and the bare handler is the floor: a bundle
that makes a session of the same model and runs it. What one in a hundred callers waits is the p99.`,
  unit: "ms",
  rounds: 100,
  discardedRounds: 2,
  async variants({ folder }) {
    const event = functionUrlEvent("iris");
    const { onnxRuntime, bare, empty } = bundledFunctions("iris", folder);
    return [
      firstRequests(FIRST, "iris", JSON.parse(event).body, folder),
      coldFunction(DEPLOYED, onnxRuntime, event),
      coldFunction(BARE, bare, event),
      coldFunction("Node.js alone", empty, event),
    ];
  },
  goals: [],
};
