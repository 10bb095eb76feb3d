import { type ChildProcess, execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { EngineCloud, engineEnvironment, mendState } from "@paddock/local/engine";
import { freePorts } from "../cloud/freePorts";
import { temporaryFolder } from "../process/temporaryFolder";
import { duringOperation } from "./duringOperation";
import { type EngineRun, type EngineWatch, engineRun } from "./engineRun";
import { pulumiFolder } from "./pulumiFolder";

/** A local cloud in this process for a suite's stacks, and what it takes to run the real engine against it. */
export class TestEngine {
  readonly dataDir = temporaryFolder();
  #basePort: number | undefined;
  #cloud: EngineCloud | undefined;

  /** To be made in `describe`. */
  constructor() {
    before(() => this.start());
    after(() => this.stop());
  }

  /** `type name` of all that stands in the local cloud. */
  get standing(): readonly string[] {
    return [...(this.#cloud?.standing ?? [])].sort();
  }

  async start(): Promise<void> {
    this.#basePort ??= await freePorts();
    this.#cloud = await EngineCloud.start({
      projectDir: process.cwd(),
      dataDir: this.dataDir,
      basePort: this.#basePort,
      maxInstances: 1,
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

  constructor(
    private readonly engine: Pick<TestEngine, "dataDir" | "providerPort">,
    /** With `Pulumi.yaml`. */
    private readonly folder: string,
    private readonly name: string,
  ) {}

  preview = (...options: string[]) => this.run("preview", options);
  up = (...options: string[]) => this.run("up", ["--yes", "--skip-preview", ...options]);
  refresh = (...options: string[]) => this.run("refresh", ["--yes", "--skip-preview", ...options]);
  destroy = (...options: string[]) => this.run("destroy", ["--yes", "--skip-preview", ...options]);

  /** `up`; what `cut` does when the step begins cuts it off. */
  cutOff = (at: string, cut: (engine: ChildProcess) => void) =>
    this.run("up", ["--yes", "--skip-preview"], {
      onStep: (step, engine) => {
        if (step === at) cut(engine);
      },
    });

  /** `up` or `destroy`, killed while the local cloud of this process makes or deletes a resource of the type. */
  killed(command: "up" | "destroy", type: string, operation: "create" | "delete"): Promise<EngineRun> {
    let engine: ChildProcess | undefined;
    return duringOperation(
      type,
      operation,
      async () => {
        if (engine !== undefined) await killEngine(engine);
      },
      () =>
        this.run(command, ["--yes", "--skip-preview"], {
          onStart: (child) => {
            engine = child;
          },
        }),
    );
  }

  /** Takes over the state of another stack of the same name. */
  import(file: string): void {
    this.make();
    this.pulumi("stack", "import", "--file", file);
  }

  outputs(): Record<string, unknown> {
    return JSON.parse(this.pulumi("stack", "output", "--json"));
  }

  /** A command that is no deployment; what it prints. */
  pulumi(...args: string[]): string {
    return execFileSync("pulumi", [...args, "--non-interactive"], {
      ...this.options(),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  private async run(command: string, args: string[], watch: EngineWatch = {}): Promise<EngineRun> {
    this.make();
    mendState(this.engine.dataDir);
    return engineRun([command, ...args], this.options(), watch);
  }

  private make(): void {
    if (!this.#isMade) this.pulumi("stack", "init", this.name, "--no-select");
    this.#isMade = true;
  }

  private options() {
    const { dataDir, providerPort } = this.engine;
    const env = {
      ...process.env,
      ...engineEnvironment(dataDir, providerPort),
      PATH: `${pulumiFolder()}${path.delimiter}${process.env.PATH}`,
      PULUMI_STACK: this.name,
      PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true",
      // The test runner's own, which is not for the programs it starts.
      NODE_OPTIONS: "",
    };
    return { cwd: this.folder, env };
  }
}

/** Its language host would outlive it for ever. */
async function killEngine(engine: ChildProcess): Promise<void> {
  const { stdout } = spawnSync("pgrep", ["-P", String(engine.pid)], { encoding: "utf8" });
  const children = (stdout ?? "").split("\n").filter((pid) => pid !== "");
  engine.kill("SIGKILL");
  await once(engine, "exit");
  for (const pid of children) {
    try {
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // Ended by itself.
    }
  }
}
