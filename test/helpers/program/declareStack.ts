import path from "node:path";
import { type Declaration, type Declared, declare, readStackConfig } from "@paddock/local/program";
import { keptDeclaration } from "./keptDeclaration";

/** Evaluations of this process: the program's sources do not change while tests run. */
const declared = new Map<string, Promise<Declaration>>();

/**
 * Declares a stack by the project's own program, with settings over those of its file; evaluates it once for all tests,
 * also those of later runs while its sources stay the same.
 */
export function declareStack(
  config: Readonly<Record<string, string>> = {},
  stack = "dev",
): Promise<Declaration> {
  const key = JSON.stringify([config, stack]);
  const declaration = declared.get(key) ?? keptDeclaration(key, () => evaluateStack(config, stack));
  declared.set(key, declaration);
  return declaration;
}

/** Settings that change nothing of each other: one evaluation shows what each of them does. */
const OTHER: Readonly<Record<string, string>> = {
  egress: "per-zone",
  flowLogs: "false",
  forceDestroy: "false",
  logRetentionDays: "180",
  memorySize: "512",
  protect: "true",
  uploadDays: "30",
  volumeBackup: "false",
  volumeThroughput: "64",
  zones: "3",
};

/** Declares the stack dev with another value for each of these settings, which a test names to show what it is about. */
export function declareOther(...settings: readonly string[]): Promise<Declaration> {
  const unknown = settings.filter((setting) => !Object.hasOwn(OTHER, setting));
  if (unknown.length > 0) throw new Error(`${unknown.join(", ")}: no setting of the other stack`);
  return declareStack(OTHER);
}

/** Evaluates the project's own program for a stack. */
export function evaluateStack(
  config: Readonly<Record<string, string>> = {},
  stack = "dev",
): Promise<Declaration> {
  const stackConfig = readStackConfig(path.resolve(__dirname, "../../.."), stack, config);
  return declare({ stackConfig, place: { accountId: "123456789012", region: "us-east-1" } });
}

/** The one resource of a type and name. */
export function find({ resources }: Declaration, type: string, name: string): Declared {
  const found = resources.filter((resource) => resource.type === type && resource.name === name);
  if (found.length !== 1) throw new Error(`${found.length} resources of type ${type} are called "${name}"`);
  return found[0] as Declared;
}
