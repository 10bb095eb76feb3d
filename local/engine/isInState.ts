import { readDataFile } from "../resources/dataFile";
import { parseUrn } from "../resources/parseUrn";
import { stateFile } from "./stateFile";

interface StateFile {
  readonly checkpoint?: {
    readonly latest?: { readonly resources?: readonly { readonly urn: string; readonly id?: string }[] };
  };
}

/**
 * Whether the state that the engine keeps beside the local cloud holds a resource. It is written after every step, so
 * that it tells what an engine that was killed knew.
 *
 * @param dataDir  Of the local cloud.
 */
export function isInState(dataDir: string, urn: string, id: string | undefined): boolean {
  const file = stateFile(dataDir, parseUrn(urn));
  const state = readDataFile<StateFile>(file, "put back the copy beside it that ends in .bak");
  return (state?.checkpoint?.latest?.resources ?? []).some((other) => other.urn === urn && other.id === id);
}
