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
