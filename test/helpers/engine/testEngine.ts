import { type ChildProcess, execFileSync } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { resourceTypeOf } from "@paddock/local/cloud";
import { EngineCloud, engineEnvironment, mendState } from "@paddock/local/engine";
import { freePorts } from "../cloud/freePorts";
import { listProcesses } from "../process/listProcesses";
import { temporaryFolder } from "../process/temporaryFolder";
import { type EngineRun, type EngineWatch, engineRun } from "./engineRun";
import { Interruption } from "./interruption";
import { pulumiFolder } from "./pulumiFolder";

/** A local cloud in this process for a suite's stacks, and what it takes to run the real engine against it. */
export class TestEngine {
  readonly dataDir = temporaryFolder();
  #basePort: number | undefined;
  #cloud: EngineCloud | undefined;
  /** Called in the middle of an operation of this cloud. */
  interruption?: Interruption;

  /** To be made in `describe`. */
  constructor() {
    before(() => this.start());
    after(() => this.stop());
  }

  /** `type name` of all live resources in the local cloud. */
  get live(): readonly string[] {
    return [...(this.#cloud?.live ?? [])].sort();
  }

  async start(): Promise<void> {
    this.#basePort ??= await freePorts();
    this.#cloud = await EngineCloud.start({
      projectDir: process.cwd(),
      dataDir: this.dataDir,
      basePort: this.#basePort,
      maxInstances: 1,
      typeOf: (type, name) => (this.interruption?.typeOf ?? resourceTypeOf)(type, name),
    });
  }

  async stop(): Promise<void> {
    await this.#cloud?.close();
  }

  get providerPort(): number {
    return this.#cloud?.providerPort ?? 0;
  }
}

/** A stack of a program, deployed by the real engine. */
export class TestStack {
  #isMade = false;
  readonly #engine: Pick<TestEngine, "dataDir" | "providerPort"> & { interruption?: Interruption };
  readonly #folder: string;
  readonly #name: string;

  constructor(
    engine: Pick<TestEngine, "dataDir" | "providerPort"> & { interruption?: Interruption },
    /** The folder of `Pulumi.yaml`. */
    folder: string,
    name: string,
  ) {
    this.#engine = engine;
    this.#folder = folder;
    this.#name = name;
  }

  preview = (...options: string[]) => this.#run("preview", options);
  up = (...options: string[]) => this.#run("up", ["--yes", "--skip-preview", ...options]);
  refresh = (...options: string[]) => this.#run("refresh", ["--yes", "--skip-preview", ...options]);
  destroy = (...options: string[]) => this.#run("destroy", ["--yes", "--skip-preview", ...options]);

  /** `up`; what `cut` does when the step begins cuts it off. */
  cutOff = (at: string, cut: (engine: ChildProcess) => void) =>
    this.#run("up", ["--yes", "--skip-preview"], {
      onStep: (step, engine) => {
        if (step === at) cut(engine);
      },
    });

  /** `up` or `destroy`, killed while the local cloud of this process makes or deletes a resource of the type. */
  async killed(command: "up" | "destroy", type: string, operation: "create" | "delete"): Promise<EngineRun> {
    let engine: ChildProcess | undefined;
    this.#engine.interruption = new Interruption(type, operation, async () => {
      if (engine !== undefined) await killEngine(engine);
    });
    try {
      return await this.#run(command, ["--yes", "--skip-preview"], {
        onStart: (child) => {
          engine = child;
        },
      });
    } finally {
      delete this.#engine.interruption;
    }
  }

  /** Takes over the state of another stack of the same name. */
  import(file: string): void {
    this.#make();
    this.pulumi("stack", "import", "--file", file);
  }

  outputs(): Record<string, unknown> {
    return JSON.parse(this.pulumi("stack", "output", "--json"));
  }

  /** A command that is no deployment; what it prints. */
  pulumi(...args: string[]): string {
    return execFileSync("pulumi", [...args, "--non-interactive"], {
      ...this.#options(),
      encoding: "utf8",
      // A state of the whole program has over 1 MB, Node.js's own limit.
      maxBuffer: 64 * 1024 * 1024,
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  async #run(command: string, args: string[], watch: EngineWatch = {}): Promise<EngineRun> {
    this.#make();
    mendState(this.#engine.dataDir);
    return engineRun([command, ...args], this.#options(), watch);
  }

  #make(): void {
    if (!this.#isMade) this.pulumi("stack", "init", this.#name, "--no-select");
    this.#isMade = true;
  }

  #options() {
    const { dataDir, providerPort } = this.#engine;
    const env = {
      ...process.env,
      ...engineEnvironment(dataDir, providerPort),
      PATH: `${pulumiFolder()}${path.delimiter}${process.env.PATH}`,
      PULUMI_STACK: this.#name,
      PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true",
      // The test runner's own, which is not for the programs it starts.
      NODE_OPTIONS: "",
    };
    return { cwd: this.#folder, env };
  }
}

/** Kills the engine with its language host, which would outlive it for ever. */
async function killEngine(engine: ChildProcess): Promise<void> {
  const children = listProcesses().filter(({ parent }) => parent === engine.pid);
  engine.kill("SIGKILL");
  await once(engine, "exit");
  for (const { pid } of children) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Ended by itself.
    }
  }
}
