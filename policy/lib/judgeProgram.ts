import fs from "node:fs";
import path from "node:path";
import {
  ACCOUNT_ID,
  type DeclareRequest,
  declare,
  ProgramError,
  readStackConfig,
  type StackConfig,
} from "@paddock/local/program";
import { RULES } from "../rules";
import { type PackConfiguration, setupOf } from "./configuration";
import { judgeStack } from "./judgeStack";
import type { Rule } from "./rule";
import { type StackReport, stackReport, unevaluated } from "./stackReport";
import { settingsIn } from "./stackSettings";

/** A project without stacks' files is judged under this name. */
const UNNAMED_STACK = "dev";

export interface JudgeProgramOptions {
  /** Absolute folder of `Pulumi.yaml`. */
  readonly projectDir: string;
  readonly stack: string;
  /** `YYYY-MM-DD`: exceptions end. */
  readonly today: string;
  readonly configuration?: PackConfiguration;
  /** @default every rule */
  readonly rules?: readonly Rule[];
  /** The same as {@link DeclareRequest}'s. */
  readonly firstPreview?: DeclareRequest["firstPreview"];
}

/** Evaluates the program of one stack, without an engine or an account, and judges what it declares. */
export async function judgeProgram(options: JudgeProgramOptions): Promise<StackReport> {
  const { projectDir, stack, today, configuration, rules = RULES, firstPreview } = options;
  const stackConfig = withRegion(readStackConfig(projectDir, stack, {}, true));
  const { profile, exceptions } = settingsIn(stackConfig.config, stackConfig.project);
  const defaultProvider = providerSettings(stackConfig.config);
  const region = String(defaultProvider.region);
  const place = { region, accountId: ACCOUNT_ID };
  try {
    const { resources, notes } = await declare({ stackConfig, place, onlyJudged: true, firstPreview });
    const judgement = await judgeStack(rules, resources, {
      root: stackConfig.folder,
      today,
      exceptions,
      setupOf: (rule) => setupOf(rule, profile, configuration),
      defaultProvider,
    });
    return stackReport({ stack, profile, exceptions: exceptions.exceptions, resources, notes, ...judgement });
  } catch (error) {
    if (error instanceof ProgramError) return unevaluated(stack, profile, error.message, error.notes);
    throw error;
  }
}

/**
 * The stacks of a project by their files; one of no settings where there are none.
 *
 * @throws Error  A folder that is not a project.
 */
export function stacksOf(projectDir: string): string[] {
  if (!fs.existsSync(path.join(projectDir, "Pulumi.yaml"))) {
    throw new Error(`There is no Pulumi.yaml in ${projectDir}: name the program's folder by \`--program\`.`);
  }
  const named = fs.readdirSync(projectDir).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  return named.length > 0 ? named.sort() : [UNNAMED_STACK];
}

/** A program may ask for its region before it declares anything; without one, it is the environment's, or any. */
function withRegion({ config, ...stackConfig }: StackConfig): StackConfig {
  const { AWS_REGION: region = "us-east-1" } = process.env;
  return { ...stackConfig, config: { "aws:region": region, ...config } };
}

/** The settings of the default provider, `aws:region` and its like. */
function providerSettings(config: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => key.startsWith("aws:"))
      .map(([key, value]) => [key.slice("aws:".length), /^[[{]/.test(value) ? JSON.parse(value) : value]),
  );
}
