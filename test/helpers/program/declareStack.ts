import path from "node:path";
import { type Declaration, type Declared, declare, readStackConfig } from "@paddock/local/program";

/** What the project's own program declares for a stack, with settings over those of its file. */
export function declareStack(
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
