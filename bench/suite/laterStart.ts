import path from "node:path";
import type { Benchmark } from "../lib/benchmark";
import { evaluateProject } from "../lib/evaluateProject";
import { copyProject, StartedProject } from "../lib/startedProject";

const START = "npm start";
const FLOOR = "evaluation";
const BOUND = "2 s";

export const benchmark: Benchmark = {
  name: "laterStart",
  title: "Later `npm start`",
  about: `The time from \`npm start\` until the stack is served, in a copy of the project that was started before and has not
changed. Beside it one evaluation of the program, and the 2 s that the goal allows.`,
  unit: "s",
  rounds: 10,
  discardedRounds: 1,
  async variants({ folder }) {
    const copy = copyProject(path.join(folder, "copy"));
    return [
      {
        name: START,
        start: async () => ({
          async round() {
            const started = performance.now();
            const project = await StartedProject.start(copy);
            const seconds = (performance.now() - started) / 1000;
            await project.close();
            return [seconds];
          },
        }),
      },
      {
        name: FLOOR,
        start: async () => ({
          async round() {
            const started = performance.now();
            await evaluateProject(copy);
            return [(performance.now() - started) / 1000];
          },
        }),
      },
      { name: BOUND, start: async () => ({ round: async () => [2] }) },
    ];
  },
  goals: [
    {
      variant: START,
      against: BOUND,
      atMost: 1,
      obstacle: `npm and tsx take half a second before the local cloud's first module. An evaluation by itself takes 1.8 s of
processor time: a quarter loads Pulumi's SDK, the resource types and the program, an eighth collects garbage, a tenth hashes
layers, models and the sources of kept bundles. After it, the function that copies models to the volume runs, 0.2 s. Larger
spaces for V8's heap change nothing, and Node.js 20 has no compile cache.`,
    },
  ],
};
