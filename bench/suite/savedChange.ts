import fs from "node:fs";
import path from "node:path";
import breastCancer from "../../functions/breast-cancer/model/card.json";
import iris from "../../functions/iris/model/card.json";
import { bundleFunction } from "../../infra/packaging/bundleFunction";
import type { Benchmark, Measured } from "../lib/benchmark";
import { copyProject, StartedProject } from "../lib/startedProject";

const CHANGE = "saved change to its first response";
const OTHER = "slowest request to another endpoint meanwhile";
const BUNDLE = "esbuild of that function";
const BOUND = "0.3 s";

const IRIS = JSON.stringify(iris.samples[0]?.request);
const BREAST_CANCER = JSON.stringify(breastCancer.samples[0]?.request);
/** The response of `functions/iris/index.ts` in plain text. */
const RESPONSE = "await predictSpecies(await model(), flower)";

export const benchmark: Benchmark = {
  name: "savedChange",
  title: "A saved change of a function",
  about: `Iris's \`index.ts\` is saved with another response while \`npm start\` serves the project. Requests are sent one
after the other until one has the new response: the time from the save to it, the start of the function's process included.
In rounds of their own, requests go to another endpoint meanwhile, and the slowest one counts. Beside them esbuild's own time
for the function, nothing cached, and the 0.3 s that the goal allows.`,
  unit: "ms",
  rounds: 15,
  discardedRounds: 2,
  async variants({ folder }) {
    const copy = copyProject(path.join(folder, "copy"));
    let project: Promise<ChangingProject> | undefined;
    const changing = () => {
      project ??= ChangingProject.start(copy);
      return project;
    };
    return [
      {
        name: CHANGE,
        async start(): Promise<Measured> {
          const project = await changing();
          return { round: async () => [await project.change()], close: () => project.close() };
        },
      },
      {
        name: OTHER,
        async start(): Promise<Measured> {
          const project = await changing();
          return {
            async round() {
              let served = false;
              const change = project.change().finally(() => {
                served = true;
              });
              const times: number[] = [];
              while (!served) times.push(await project.askOther());
              await change;
              return [Math.max(...times)];
            },
          };
        },
      },
      {
        name: BUNDLE,
        start: async () => ({
          async round() {
            const cache = path.join(folder, "bundles");
            fs.rmSync(cache, { recursive: true, force: true });
            const started = performance.now();
            bundleFunction(path.resolve(__dirname, "../../functions/iris"), cache);
            return [performance.now() - started];
          },
        }),
      },
      { name: BOUND, start: async () => ({ round: async () => [300] }) },
    ];
  },
  goals: [
    { variant: CHANGE, against: BOUND, atMost: 1 },
    { variant: OTHER, against: CHANGE, atMost: 0.5 },
  ],
};

/** A served project whose iris is changed again and again. */
class ChangingProject {
  readonly #project: StartedProject;
  readonly #file: string;
  readonly #source: string;
  #changes = 0;

  private constructor(project: StartedProject, copy: string) {
    this.#project = project;
    this.#file = path.join(copy, "functions/iris/index.ts");
    this.#source = fs.readFileSync(this.#file, "utf8");
    if (!this.#source.includes(RESPONSE)) throw new Error(`${this.#file} does not hold \`${RESPONSE}\`.`);
  }

  static async start(copy: string): Promise<ChangingProject> {
    return new ChangingProject(await StartedProject.start(copy), copy);
  }

  /** Saves a change. @returns  ms until it is served. */
  async change(): Promise<number> {
    const response = `unicorn ${this.#changes++}`;
    const changed = this.#source.replace(RESPONSE, `"${response}"`);
    const started = performance.now();
    fs.writeFileSync(this.#file, changed);
    while ((await ask(this.#project.url("iris"), IRIS)) !== response);
    return performance.now() - started;
  }

  /** @returns  ms that a request to another endpoint takes. */
  async askOther(): Promise<number> {
    const started = performance.now();
    await ask(this.#project.url("breastCancer"), BREAST_CANCER);
    return performance.now() - started;
  }

  close(): Promise<void> {
    return this.#project.close();
  }
}

async function ask(url: string, body: string): Promise<string> {
  const response = await fetch(url, { method: "POST", body });
  return await response.text();
}
