import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { lambdaContext } from "../../helpers/handlers/lambdaContext";
import type { CampaignOptions, CampaignReport } from "../report";
import { startCloud } from "../startCloud";
import { type Input, inputsOf } from "./inputs";
import { brokenPromise } from "./judge";
import { type LoadedEndpoint, type LoadedStack, loadEndpoints, respondsWell } from "./loadEndpoints";
import { fuzzOverTheWire } from "./overTheWire";

/** ms that a response may take on a busy machine; what hangs takes longer. */
const PATIENCE_MS = 30_000;

/** Inputs after which a good request has to be answered. */
const GOOD_EVERY = 10;

/** Findings of one endpoint, after which it is left. */
const MAX_FINDINGS = 10;

/** Inputs from which on a stack is started for a part of them more, one of so many. */
const [WIRE_FROM, WIRE_SHARE] = [10_000, 20];

/** How much of the count goes to each endpoint: those that compute on images and scenes take a hundred times longer. */
const SHARES: Readonly<Record<string, number>> = { "image-validation": 0.5, "smoke-segmentation": 0.5 };

/** Sends every endpoint inputs made of good ones, as both ways in and direct invocation give them, in this process. */
export async function fuzz({
  seed,
  count,
}: Pick<CampaignOptions, "seed" | "count">): Promise<CampaignReport> {
  const started = Date.now();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "paddock-fuzz-"));
  const quiet = silenced();
  const stack = await loadEndpoints(folder);
  try {
    const shares = stack.endpoints.map(({ name }) => SHARES[name] ?? 1);
    const whole = shares.reduce((sum, share) => sum + share, 0);
    const tally = new Map<string, number>();
    const findings: string[] = [];
    for (const [index, endpoint] of stack.endpoints.entries()) {
      const runs = Math.ceil((count * (shares[index] ?? 1)) / whole);
      findings.push(
        ...(await fuzzEndpoint(stack, endpoint, { seed: seed + index * 1_000, count: runs }, tally)),
      );
    }
    if (count >= WIRE_FROM) findings.push(...(await overTheWire(folder, stack, { seed, count }, tally)));
    return {
      name: "fuzz",
      options: `--count ${count} --seed ${seed}`,
      took: (Date.now() - started) / 1000,
      tried: byEndpointAndWay(tally),
      findings,
      details: [statusesTable(tally)],
    };
  } finally {
    quiet.end();
    await stack.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts the stack, and sends it a part of the inputs as HTTP. */
async function overTheWire(
  folder: string,
  { endpoints, document }: LoadedStack,
  { seed, count }: Pick<CampaignOptions, "seed" | "count">,
  tally: Map<string, number>,
): Promise<string[]> {
  const cloud = await startCloud(folder);
  const findings: string[] = [];
  for (const endpoint of endpoints) {
    const options = { seed, count: Math.ceil(count / WIRE_SHARE / endpoints.length) };
    // What is not there is answered, too: models and scenes of the samples are those of this process.
    findings.push(...(await fuzzOverTheWire(cloud, document, endpoint, options, tally)));
  }
  return [...findings, ...(await cloud.end())];
}

async function fuzzEndpoint(
  { document }: LoadedStack,
  endpoint: LoadedEndpoint,
  { seed, count }: Pick<CampaignOptions, "seed" | "count">,
  tally: Map<string, number>,
): Promise<string[]> {
  const findings = new Map<string, string>();
  let done = 0;
  const property = fc.asyncProperty(inputsOf(endpoint), async (input) => {
    done++;
    const response = await inTime(endpoint.handler(input.event, lambdaContext));
    const broken = brokenPromise(document, endpoint.name, input, response);
    if (broken !== undefined && !findings.has(kindOf(broken))) throw new Error(broken);
    const way = `${endpoint.name}, ${input.way}: ${statusOf(response)}`;
    tally.set(way, (tally.get(way) ?? 0) + 1);
    const sample = endpoint.samples[(done / GOOD_EVERY) % endpoint.samples.length];
    if (done % GOOD_EVERY === 0 && sample) await respondsWell(endpoint, sample);
  });
  for (let round = 0; done < count && findings.size < MAX_FINDINGS; round++) {
    const { failed, counterexample, errorInstance } = await fc.check(property, {
      seed: seed + round,
      numRuns: count - done,
    });
    if (!failed) break;
    const reason = String((errorInstance as Error | null)?.message ?? errorInstance);
    findings.set(kindOf(reason), `${endpoint.name}: ${reason}; input ${shown(counterexample?.[0])}`);
  }
  return [...findings.values()];
}

/** Sums up `endpoint, way: status`. */
function byEndpointAndWay(tally: ReadonlyMap<string, number>): [string, number][] {
  const sums = new Map<string, number>();
  for (const [what, times] of tally) {
    const [way = ""] = what.split(": ");
    sums.set(way, (sums.get(way) ?? 0) + times);
  }
  return [...sums].sort();
}

function statusesTable(tally: ReadonlyMap<string, number>): string {
  const statuses = new Map<string, number>();
  for (const [what, times] of tally) {
    const [, status = ""] = what.split(": ");
    statuses.set(status, (statuses.get(status) ?? 0) + times);
  }
  const rows = [...statuses].sort().map(([status, times]) => `${status} ${times.toLocaleString("en")} times`);
  return `Answers by status: ${rows.join(", ")}. After every ${GOOD_EVERY} inputs a good request had to be answered as ever.`;
}

/** The same promise broken for the same reason, whatever the values. */
function kindOf(reason: string): string {
  return reason
    .replace(/\d+/g, "N")
    .replace(/"[^"]*"/g, '""')
    .slice(0, 60);
}

function statusOf(response: unknown): string {
  const { statusCode, status } = (response ?? {}) as { statusCode?: unknown; status?: unknown };
  return String(statusCode ?? status);
}

function shown(input: Input | undefined): string {
  const { way, request, event } = input ?? {};
  return `${way} ${JSON.stringify(request ?? event)?.slice(0, 300)}`;
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`gives no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Keeps the handlers' log lines from the terminal. */
function silenced(): { end(): void } {
  const { writeSync } = fs;
  // The local S3 of this process writes files.
  fs.writeSync = ((fd: number, bytes: Uint8Array, ...more: number[]) =>
    fd === 1 ? bytes.length : writeSync(fd, bytes, ...more)) as typeof writeSync;
  return {
    end: () => {
      fs.writeSync = writeSync;
    },
  };
}
