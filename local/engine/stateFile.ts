import path from "node:path";
import { readDataFile } from "../resources/dataFile";
import { parseUrn } from "../resources/parseUrn";

interface State {
  readonly checkpoint?: {
    readonly latest?: { readonly resources?: readonly { readonly urn: string; readonly id?: string }[] };
  };
}

/**
 * The file in which the engine keeps a stack's state, beside the local cloud.
 *
 * @param dataDir  Of the local cloud.
 */
export function stateFile(
  dataDir: string,
  { project, stack }: { readonly project: string; readonly stack: string },
): string {
  return path.join(dataDir, "state", ".pulumi", "stacks", project, `${stack}.json`);
}

/** Whether the stack's state holds a resource. The engine writes it after every step, so that it says what a killed one knew. */
export function isInState(dataDir: string, urn: string, id: string | undefined): boolean {
  const file = stateFile(dataDir, parseUrn(urn));
  const state = readDataFile<State>(file, "put back the copy beside it that ends in .bak");
  return (state?.checkpoint?.latest?.resources ?? []).some((other) => other.urn === urn && other.id === id);
}
