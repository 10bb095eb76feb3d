import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Declared } from "@paddock/local/program";
import { stackFacts } from "../../bin/report/stackFacts";
import { PROJECT_ROOT } from "../../infra/packaging/paths";
import { countByNode, countByStrace, countByValgrind } from "./countRequests";
import { deployedEndpoints } from "./deployedEndpoints";
import { floorOf } from "./floors";
import type { EndpointFootprint, FloorName } from "./footprint";
import type { Counter, Counts } from "./kinds";
import type { Subject } from "./subject";

/** Counts of a stack's archives, by the logical names of its functions and layers. */
export async function measurePackages(resources: readonly Declared[]): Promise<Record<string, Counts>> {
  const { packages } = await stackFacts("dev", resources, PROJECT_ROOT);
  return Object.fromEntries(
    packages.map(({ name, zipped, unzipped, unzippedWithLayers }) => [
      name,
      { zipped, unzipped, unzippedWithLayers },
    ]),
  );
}

/** Bytes that a request allocates at most, so that it is run under valgrind. */
const SMALL_REQUEST = 100_000;

export interface EndpointOptions {
  readonly counters: readonly Counter[];
  /** Whether the floors are counted, too. @default false */
  readonly floors?: boolean;
  /** Before each endpoint. */
  onStep?(name: string): void;
}

/** Counts of the endpoints of the stack `dev`, each in a process of its own. Linux only. */
export async function measureEndpoints(options: EndpointOptions): Promise<Record<string, EndpointFootprint>> {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "paddock-footprint-"));
  const { endpoints, close } = await deployedEndpoints(path.join(folder, "cloud")).catch((error) => {
    fs.rmSync(folder, { recursive: true });
    throw error;
  });
  try {
    const measured: Record<string, EndpointFootprint> = {};
    for (const endpoint of endpoints) {
      options.onStep?.(endpoint.name);
      measured[endpoint.name] = await measureEndpoint(endpoint, folder, options);
    }
    return measured;
  } finally {
    await close();
    fs.rmSync(folder, { recursive: true });
  }
}

async function measureEndpoint(
  endpoint: Subject,
  folder: string,
  { counters, floors = false }: EndpointOptions,
): Promise<EndpointFootprint> {
  const { counts, run } = await countByNode(endpoint, folder);
  const isSmall = counts.allocated < SMALL_REQUEST;
  const countByTools = async (subject: Subject): Promise<Counts> => ({
    ...(counters.includes("strace") && (await countByStrace(subject, folder))),
    ...(counters.includes("valgrind") && isSmall && (await countByValgrind(subject, folder))),
  });
  const loadsOnnxRuntime = run.modules.some((file) => file.endsWith("onnxruntime_binding.node"));
  const handler: FloorName = loadsOnnxRuntime ? "ONNX Runtime" : "Node.js";
  const countFloor = async (): Promise<Counts> => {
    const { subject, archive } = floorOf(endpoint, handler, folder);
    const byNode = await countByNode(subject, folder);
    return { ...archive, ...byNode.counts, ...(await countByTools(subject)) };
  };
  return {
    memorySize: Number(endpoint.environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE),
    counts: { ...counts, ...(await countByTools(endpoint)) },
    floor: { handler, counts: floors ? await countFloor() : {} },
  };
}
