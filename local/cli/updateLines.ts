import type { Changes } from "../cloud/reconcile";
import { endpointExamples } from "./endpointTable";
import { clock, errorLines, type Paint } from "./terminal";

type Outputs = Readonly<Record<string, unknown>>;

/** Below a change's line: an error's first lines say where. */
const MAX_LINES = 6;
/** Files and resources of a change that are named. */
const MAX_FILES = 3;
const MAX_RESOURCES = 8;

/** A change that cannot be served, with the reason below it. */
export function failedUpdateLines(files: readonly string[], error: Error, paint: Paint): string {
  return [
    `${paint("dim", clock())} ${paint("red", `${listed(files, MAX_FILES)} changed and cannot be served; the old code goes on`)}`,
    ...errorLines(error)
      .slice(0, MAX_LINES)
      .map((line) => `    ${line}`),
  ].join("\n");
}

/**
 * A change that is served: what it changed, and the address and command line of each endpoint that it added.
 *
 * @param recovered  Whether what was saved before could not be served.
 */
export function updateLines(
  files: readonly string[],
  changes: Changes,
  {
    before,
    after,
    recovered,
  }: {
    readonly before: Outputs;
    readonly after: Outputs;
    readonly recovered: boolean;
  },
  paint: Paint,
): string[] {
  const changed = [...new Set([...changes.created, ...changes.updated, ...changes.deleted])];
  if (changed.length === 0 && !recovered) return [];
  const what = changed.length === 0 ? "served as before" : listed(changed, MAX_RESOURCES);
  const known = Object.keys(examplesOf(before));
  const added = Object.entries(examplesOf(after)).filter(([name]) => !known.includes(name));
  return [
    `${paint("dim", clock())} ${paint("green", `${listed(files, MAX_FILES)} changed`)}: ${what}`,
    ...added.map(
      ([name, line]) => `\n${paint("bold", `  ${name} is new:`)}\n${endpointExamples({ [name]: line })}\n`,
    ),
  ];
}

function examplesOf({ examples }: Outputs): Readonly<Record<string, string>> {
  return (examples ?? {}) as Record<string, string>;
}

function listed(names: readonly string[], most: number): string {
  const more = names.length - most;
  return `${names.slice(0, most).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
