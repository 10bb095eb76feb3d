import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { CampaignOptions, CampaignReport } from "../report";
import { type Branches, readBranches } from "./branches";
import { FORMATS } from "./formats";
import type { Tried } from "./tryFormats";

/** MB that a parser of files of some kilobytes may take; what believes a length takes more. */
const MAX_MEMORY_MB = 512;

/** Without any progress, the file at hand holds the process. */
const PATIENCE_MS = 60_000;

/** Gives every parser damaged files, in a process whose memory is bounded and whose branches are counted. */
export async function files({
  seed,
  count,
}: Pick<CampaignOptions, "seed" | "count">): Promise<CampaignReport> {
  const started = Date.now();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "paddock-files-"));
  const [progress, result, coverage] = ["progress", "result.json", "coverage"].map((name) =>
    path.join(folder, name),
  );
  if (progress === undefined || result === undefined || coverage === undefined) throw new Error("No folder");
  try {
    const end = await runWorker([String(seed), String(count), progress, result], coverage, progress);
    const tried: readonly Tried[] = fs.existsSync(result) ? JSON.parse(fs.readFileSync(result, "utf8")) : [];
    const died = end === undefined ? [] : [`${fs.readFileSync(progress, "utf8").trim()}: ${end}`];
    const branches = await readBranches(
      coverage,
      new RegExp(FORMATS.flatMap(({ parsers }) => parsers).join("|")),
    );
    return {
      name: "files",
      options: `--count ${count} --seed ${seed}`,
      took: (Date.now() - started) / 1000,
      tried: tried.flatMap(({ format, taken, rejected }) => [
        [`${format}: read all the same`, taken],
        [`${format}: rejected`, rejected],
      ]),
      findings: [...died, ...tried.flatMap(({ findings }) => findings)],
      details: [branchesTable(branches)],
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns  How it ended where it did not end well. */
async function runWorker(
  args: readonly string[],
  coverage: string,
  progress: string,
): Promise<string | undefined> {
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${MAX_MEMORY_MB}`,
      "--import",
      pathToFileURL(require.resolve("tsx")).href,
      path.join(__dirname, "worker.ts"),
      ...args,
    ],
    { stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, NODE_V8_COVERAGE: coverage } },
  );
  let isStuck = false;
  const watch = setInterval(() => {
    const at = fs.statSync(progress, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - at < PATIENCE_MS) return;
    isStuck = true;
    child.kill("SIGKILL");
  }, 1_000);
  const [code, signal] = await once(child, "exit");
  clearInterval(watch);
  if (isStuck) return `the parser gives no answer within ${PATIENCE_MS} ms`;
  return code === 0 ? undefined : `the process ends, with ${signal ?? code}`;
}

function branchesTable(branches: readonly Branches[]): string {
  const rows = branches.map(
    ({ file, all, reached, missed }) => `| \`${file}\` | ${reached} of ${all} | ${missed.join(", ")} |`,
  );
  return [
    "Branches of the parsers, and the lines of those that no file reached:",
    "",
    "| source | reached | not reached, in line |",
    "| --- | --- | --- |",
    ...rows,
  ].join("\n");
}
