import type { Difference } from "./compareRecordings";
import type { Measurement, Recording } from "./recording";

interface Evidence {
  readonly here: Recording;
  readonly there: Recording;
  readonly differences: readonly Difference[];
  /** E.g. `2026-11-28`. */
  readonly date: string;
  /** Names of what ran: Node.js, Pulumi, the commit. */
  readonly versions: Readonly<Record<string, string>>;
}

/** A cell holds this many characters of a value. */
const MAX_CELL = 300;

/** Writes the page about a run as Markdown: every difference, and what functions took. */
export function evidencePage({ here, there, differences, date, versions }: Evidence): string {
  const found = differences.filter(({ reason }) => reason === undefined);
  const reasons = [...new Set(differences.flatMap(({ reason }) => reason ?? []))];
  const same = there.observations.length - new Set(found.map(({ name }) => name)).size;
  return `# ${there.place}, ${date}

\`npm run prove\` sent ${there.observations.length} requests to the same stack in two places, ${there.place} and ${here.place}:
${same} have the same response, ${there.observations.length - same} do not. A value in <…> replaces the stack's own, or one that is different each time.

${Object.entries(versions)
  .map(([name, version]) => `- ${name} ${version}`)
  .join("\n")}

## Differences

${
  found.length === 0
    ? "None."
    : table(
        ["request", "what", there.place, here.place],
        found.map(({ name, at, here: mine, there: theirs }) => [name, at, theirs, mine]),
      )
}

${reasons.map((reason) => `${differences.filter((each) => each.reason === reason).length} more are to be expected: ${reason}.\n\n`).join("")}## Time and memory

${[there, here].map(({ place, measurements }) => `${place}, by Lambda's REPORT lines:\n\n${measured(measurements)}`).join("\n\n")}
`;
}

function measured(measurements: readonly Measurement[]): string {
  return table(
    ["function", "MB", "MB used", "init, ms", "first, ms", "warm, ms", "billed, ms", "GB-s a million"],
    measurements.map(({ name, memorySize, maxMemoryUsed, init, first, warm, billed }) => [
      name,
      `${memorySize}`,
      `${maxMemoryUsed}`,
      init === undefined ? "–" : init.toFixed(0),
      first.toFixed(1),
      warm.toFixed(2),
      billed.toFixed(0),
      ((billed / 1000) * (memorySize / 1024) * 1e6).toFixed(0),
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly (string | undefined)[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map((row) => line(row.map(cell)))].join("\n");
}

function cell(value: string | undefined): string {
  if (value === undefined) return "–";
  const cut = value.length > MAX_CELL ? `${value.slice(0, MAX_CELL)}…` : value;
  return `\`${cut.replaceAll("\n", "\\n").replaceAll("|", "\\|").replaceAll("`", "'")}\``;
}
