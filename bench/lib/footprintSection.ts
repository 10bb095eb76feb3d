import { measuredDuration, predictionCost } from "@paddock/policy";
import { PROJECT_ROOT } from "../../infra/packaging/paths";
import type { EndpointFootprint, Footprint } from "../footprint/footprint";
import { KINDS, type KindName, shown } from "../footprint/kinds";

/** Lambda bills whole milliseconds: the least that a request can cost. */
const LEAST_BILLED_MS = 1;

type Row = readonly [name: string, footprint: EndpointFootprint];

/** The section of docs/performance.md about what is counted, in place of timed: its numbers are bench/footprint.json's. */
export function footprintSection({ machine, packages, endpoints }: Footprint): string {
  const rows = Object.entries(endpoints);
  const archives = rows.map(([name, { counts, ...rest }]): Row => {
    return [name, { ...rest, counts: { ...packages[name], ...counts } }];
  });
  return [
    "## Footprint",
    `Counts, which no load of the machine changes: a test fails when one grows (\`npm run footprint\`). Each is beside its floor,
behind the slash: a handler of a few lines, bundled the same way, that does nothing, or that runs the endpoint's model by ONNX
Runtime where the endpoint does. Counted on ${machine}, without a runtime loop; the request is the first sample of the endpoint's
card.`,
    "### Archives and cold starts",
    `A cold start is everything from the start of the process to its first response, Node.js itself included, and the model. Native
libraries are mapped, not read.`,
    countTable(archives, [
      "zipped",
      "unzipped",
      "modules",
      "builtins",
      "moduleBytes",
      "filesOpened",
      "bytesRead",
    ]),
    "### Warm requests",
    `Bytes are what a request adds to V8's heap and to buffers, after 300 requests or four seconds. System calls are those about
files, sockets and pipes; waiting, waking threads and mapping memory are left out, since they depend on the scheduler.
Instructions are those of the first hundreds of requests, V8's compiler among them, of small requests only.`,
    countTable(rows, [
      "allocated",
      "instructions",
      "systemCalls",
      "reads",
      "writes",
      "opened",
      "logLines",
      "logBytes",
    ]),
    "### Billed time",
    `GB-s for a million predictions = memory in GB × billed ms × 1,000. Billed is the measured duration (\`duration.json\` of each
model, the slowest of its samples) times 1,769 MB / memory below one vCPU, rounded up to 1 ms; the floor is the
${LEAST_BILLED_MS} ms that Lambda bills at least.`,
    billTable(rows),
  ].join("\n\n");
}

function countTable(rows: readonly Row[], kinds: readonly KindName[]): string {
  const used = kinds.filter((kind) => rows.some(([, { counts }]) => counts[kind] !== undefined));
  const cells = rows.map(([name, { counts, floor }]) => [
    name,
    floor.handler,
    ...used.map((kind) => [counts[kind], floor.counts[kind]].map((value) => cell(kind, value)).join(" / ")),
  ]);
  return table(["endpoint", "floor", ...used.map((kind) => KINDS[kind].title)], cells);
}

function cell(kind: KindName, value: number | undefined): string {
  return value === undefined ? "–" : shown(KINDS[kind], value);
}

function billTable(rows: readonly Row[]): string {
  const cells = rows.flatMap(([name, { memorySize }]) => {
    const duration = measuredDuration(PROJECT_ROOT, name);
    if (duration === undefined) return [];
    const { billed } = predictionCost({ memorySize, architecture: "arm64" }, duration);
    const gigabyteSeconds = (ms: number) =>
      Math.round((memorySize / 1024) * ms * 1000).toLocaleString("en-US");
    return [
      [
        name,
        `${memorySize.toLocaleString("en-US")} MB`,
        `${duration.milliseconds} ms`,
        `${billed} / ${LEAST_BILLED_MS} ms`,
        `${gigabyteSeconds(billed)} / ${gigabyteSeconds(LEAST_BILLED_MS)}`,
      ],
    ];
  });
  return table(["endpoint", "memory", "measured", "billed", "GB-s per million"], cells);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? "---" : "--:"))), ...rows.map(line)].join("\n");
}
