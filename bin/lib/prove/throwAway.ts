import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { PlaceOfProof } from "./place";
import type { ProvenStack } from "./provenStack";
import { PulumiStack } from "./pulumiStack";

const ROOT = path.resolve(__dirname, "../../..");

/** The settings of the throw-away stacks: the cheapest that deploy everything. */
const SETTINGS = {
  egress: "none",
  tracing: "false",
  flowLogs: "false",
  volumeBackup: "false",
  metrics: "false",
  logRetentionDays: "1",
  forceDestroy: "true",
  modelCheckSeconds: "0",
  policyProfile: "aws",
};

const PROGRAMS = {
  open: {
    projectDir: ROOT,
    project: "paddock",
    settings: {
      ...SETTINGS,
      functionUrlAuth: "NONE",
      apiAuth: "NONE",
      corsOrigins: ["*"],
    },
  },
  signed: { projectDir: ROOT, project: "paddock", settings: SETTINGS },
  echo: { projectDir: path.join(__dirname, "echo"), project: "paddock-echo", settings: {} },
} as const;

type Program = keyof typeof PROGRAMS;
const NAMES = Object.keys(PROGRAMS) as Program[];

/**
 * The three stacks of a run. A file beside them says that they may be there, from before the first is made until the
 * last is removed: a run that is killed leaves it, and the next one cleans up first.
 */
export class ThrowAway {
  readonly #place: PlaceOfProof;
  readonly #suffix: string;

  private constructor(place: PlaceOfProof, suffix: string) {
    this.#place = place;
    this.#suffix = suffix;
  }

  /** @throws Error  Stacks that an earlier run left cannot be removed. */
  static async in(place: PlaceOfProof, onStep: (text: string) => void): Promise<ThrowAway> {
    const file = markIn(place);
    if (fs.existsSync(file)) {
      const left = new ThrowAway(place, fs.readFileSync(file, "utf8").trim());
      onStep("Removing what an earlier run left");
      await left.remove(onStep);
    }
    const suffix = randomBytes(3).toString("hex");
    fs.mkdirSync(place.workDir, { recursive: true });
    fs.writeFileSync(file, `${suffix}\n`);
    return new ThrowAway(place, suffix);
  }

  get names(): readonly string[] {
    return NAMES.map((program) => this.#nameOf(program));
  }

  async deploy(onStep: (text: string) => void): Promise<Pick<ProvenStack, Program>> {
    const outputs: Partial<Record<Program, ProvenStack[Program]>> = {};
    for (const program of NAMES) {
      onStep(`Deploying the stack ${this.#nameOf(program)}`);
      const stack = this.#stackOf(program);
      await stack.up();
      outputs[program] = await stack.outputs();
    }
    return outputs as Pick<ProvenStack, Program>;
  }

  async remove(onStep: (text: string) => void): Promise<void> {
    for (const program of NAMES) {
      onStep(`Destroying the stack ${this.#nameOf(program)}`);
      await this.#stackOf(program).remove();
    }
    fs.rmSync(markIn(this.#place), { force: true });
  }

  #nameOf(program: Program): string {
    return `prove-${program}-${this.#suffix}`;
  }

  #stackOf(program: Program): PulumiStack {
    const { projectDir, project, settings } = PROGRAMS[program];
    const { region, workDir, env, settings: over } = this.#place;
    const own = project === "paddock" ? { ...settings, ...over } : settings;
    return new PulumiStack({
      projectDir,
      project,
      stack: this.#nameOf(program),
      workDir: path.join(workDir, program),
      env,
      config: {
        "aws:region": region,
        ...Object.fromEntries(Object.entries(own).map(([name, value]) => [`${project}:${name}`, value])),
      },
    });
  }
}

function markIn({ workDir }: PlaceOfProof): string {
  return path.join(workDir, "stacks");
}
