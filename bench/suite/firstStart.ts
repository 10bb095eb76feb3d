import fs from "node:fs";
import path from "node:path";
import { deflateRawSync } from "node:zlib";
import { unzipSync } from "fflate";
import type { Benchmark } from "../lib/benchmark";
import { evaluateProject } from "../lib/evaluateProject";
import { copyProject, StartedProject } from "../lib/startedProject";

const START = "npm start";
const FLOOR = "evaluation, and packing by zlib";

export const benchmark: Benchmark = {
  name: "firstStart",
  title: "First `npm start` of a fresh copy",
  about: `The time from \`npm start\` in a copy of the project without \`.paddock\` until the stack is served: functions are
bundled, layers and functions are packed, everything is deployed. The floor is one evaluation of the program, which bundles
all functions and finds the archives packed, and after it Node.js's own zlib at its default level over the same files. The
archives themselves are deflated in JavaScript, since they have to be the same bytes on every machine.`,
  unit: "s",
  rounds: 5,
  discardedRounds: 1,
  async variants({ folder }) {
    let copies = 0;
    const freshCopy = () => copyProject(path.join(folder, `copy-${copies++}`));
    return [
      {
        name: START,
        start: async () => ({
          async round() {
            const copy = freshCopy();
            const started = performance.now();
            const project = await StartedProject.start(copy);
            const seconds = (performance.now() - started) / 1000;
            await project.close();
            fs.rmSync(copy, { recursive: true });
            return [seconds];
          },
        }),
      },
      {
        name: FLOOR,
        async start() {
          const copy = freshCopy();
          await evaluateProject(copy);
          const files = packedFiles(path.join(copy, ".paddock", "build"));
          return {
            async round() {
              fs.rmSync(path.join(copy, ".paddock", "bundles"), { recursive: true });
              const started = performance.now();
              await evaluateProject(copy);
              for (const file of files) deflateRawSync(file);
              return [(performance.now() - started) / 1000];
            },
          };
        },
      },
    ];
  },
  goals: [
    {
      variant: START,
      against: FLOOR,
      atMost: 1.3,
      obstacle: `What comes on top is the same as at a later start: npm and the local cloud's own code, the deployment of
two hundred resources, and the first copy of models to the bucket and the volume. The copy's sources are transpiled, which
the floor finds done, and the layers are deflated in half as long again as zlib takes, in threads beside the evaluation.`,
    },
  ],
};

/** The content of all files in all archives of a folder. */
function packedFiles(folder: string): Uint8Array[] {
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith(".zip"))
    .flatMap((file) => Object.values(unzipSync(fs.readFileSync(path.join(folder, file)))));
}
