import path from "node:path";
import { readYaml } from "./readYaml";

/** A Pulumi project and one of its stacks, as their files describe them. */
export interface StackConfig {
  readonly project: string;
  readonly stack: string;
  /** Absolute path of the program. */
  readonly main: string;
  /** Fully named key to text, structured values as JSON: what `pulumi.Config` reads. */
  readonly config: Readonly<Record<string, string>>;
}

interface ConfigDeclaration {
  readonly default?: unknown;
  readonly value?: unknown;
}

/**
 * Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml` as the Pulumi CLI does: defaults, then the stack's values, then
 * `overrides` (keys without a namespace belong to the project).
 *
 * @throws Error  Missing files, and encrypted values, which only the CLI can read.
 */
export function readStackConfig(
  projectDir: string,
  stack: string,
  overrides: Readonly<Record<string, string>> = {},
): StackConfig {
  const project = readYaml(path.join(projectDir, "Pulumi.yaml")) as {
    name: string;
    main?: string;
    config?: Record<string, ConfigDeclaration | unknown>;
  };
  const stackFile = path.join(projectDir, `Pulumi.${stack}.yaml`);
  const own = (readYaml(stackFile) as { config?: Record<string, unknown> }).config ?? {};

  const config: Record<string, string> = {};
  const set = (key: string, value: unknown) => {
    if (value === undefined || value === null) return;
    config[key.includes(":") ? key : `${project.name}:${key}`] =
      typeof value === "object" ? JSON.stringify(value) : String(value);
  };
  for (const [key, declared] of Object.entries(project.config ?? {})) {
    const { default: byDefault, value } = isObject(declared)
      ? (declared as ConfigDeclaration)
      : { value: declared };
    set(key, value ?? byDefault);
  }
  for (const [key, value] of Object.entries(own)) {
    if (isObject(value) && "secure" in value) {
      throw new Error(
        `${path.basename(stackFile)}: \`${key}\` is encrypted, and only the Pulumi CLI can read it: use a stack without secrets here.`,
      );
    }
    set(key, value);
  }
  for (const [key, value] of Object.entries(overrides)) set(key, value);
  return { project: project.name, stack, main: path.resolve(projectDir, project.main ?? "index.ts"), config };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
