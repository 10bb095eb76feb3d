import type { Declared } from "../resources/declared";
import { nearest } from "../resources/nearest";

const FUNCTION = "aws:lambda/function:Function";

/** Checks that a function is declared for a debugger. @throws Error  There is none of this name. */
export function requireFunction(name: string, resources: readonly Declared[]): void {
  const names = resources.filter(({ type }) => type === FUNCTION).map((resource) => resource.name);
  if (names.includes(name)) return;
  throw new Error(`There is no function "${name}" to inspect${nearest(name, names)}: ${names.join(", ")}.`);
}
