import path from "node:path";

/**
 * Where the engine keeps a stack's state, beside the local cloud.
 *
 * @param dataDir  Of the local cloud.
 */
export function stateFile(
  dataDir: string,
  { project, stack }: { readonly project: string; readonly stack: string },
): string {
  return path.join(dataDir, "state", ".pulumi", "stacks", project, `${stack}.json`);
}
