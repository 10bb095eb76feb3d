/**
 * Runs in a process with a function's environment: loads the handler as Lambda's runtime does, and calls it with the
 * same event again and again.
 *
 *     node probe.js EVENT.json REPORT.json WARM-UP REQUESTS
 */
import fs from "node:fs";
import path from "node:path";
import { MARKS, type ProbeReport } from "./probeReport";

/**
 * Processor time of a warm-up at most: slow requests are about their data, and what V8 compiles last is a small part of
 * them. The clock's time would count fewer requests on a busy machine.
 */
const WARM_UP_MS = 4_000;

async function main([eventFile = "", reportFile = "", warmUp, counted]: readonly string[]): Promise<void> {
  const event = fs.readFileSync(eventFile, "utf8");
  const { handler } = require(path.join(process.env.LAMBDA_TASK_ROOT ?? "", "index.js"));
  const context = { awsRequestId: "8f507cfc-1111-4aaa-9bbb-000000000001" };
  const call = () => handler(JSON.parse(event), context);

  let response = await call();
  const modules = Object.keys(require.cache).filter((file) => file !== __filename);
  const builtins = (process as unknown as { moduleLoadList: string[] }).moduleLoadList.length;
  mark(MARKS.firstResponse);

  const began = process.cpuUsage();
  const processorMs = () => {
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  };
  let sent = 1;
  for (; sent <= Number(warmUp) && processorMs() < WARM_UP_MS; sent++) await call();
  // Loaded here, so that it is no part of the cold start. Unlike process.memoryUsage() it makes no system call.
  const { getHeapStatistics } = require("node:v8") as typeof import("node:v8");
  const memory = () => {
    const { used_heap_size, external_memory } = getHeapStatistics();
    return used_heap_size + external_memory;
  };
  memory();
  const ownBytes = -(memory() - memory());
  const allocated = new Array<number>(Number(counted)).fill(0);
  mark(MARKS.warm);
  for (let i = 0; i < allocated.length; i++) {
    const before = memory();
    response = await call();
    allocated[i] = memory() - before - ownBytes;
  }
  mark(MARKS.end);
  const requests = sent + allocated.length;
  const report: ProbeReport = { modules, builtins, response, requests, allocated };
  fs.writeFileSync(reportFile, JSON.stringify(report));
}

function mark(file: string): void {
  fs.existsSync(file);
}

void main(process.argv.slice(2)).then(() => process.exit());
