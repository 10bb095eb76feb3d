import path from "node:path";
import { readDataFile } from "../resources/dataFile";
import { parseUrn } from "../resources/parseUrn";

type StateResources = readonly {
  readonly urn: string;
  readonly id?: string;
  /** URNs. */
  readonly dependencies?: readonly string[];
}[];

interface State {
  readonly checkpoint?: { readonly latest?: { readonly resources?: StateResources } };
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
  return resourcesInState(dataDir, parseUrn(urn)).some((other) => other.urn === urn && other.id === id);
}

/** The resources in a stack's state; none before the engine has written it. */
export function resourcesInState(dataDir: string, stack: Parameters<typeof stateFile>[1]): StateResources {
  const cure = "put back the copy beside it that ends in .bak";
  const state = readDataFile<State>(stateFile(dataDir, stack), cure);
  return state?.checkpoint?.latest?.resources ?? [];
}
