import fs from "node:fs";
import path from "node:path";
import { PROJECT_ROOT } from "../../infra/packaging/paths";
import type { Counts } from "./kinds";

/** The content of `bench/footprint.json`: counts of functions, which no clock measures. */
export interface Footprint {
  /** The platform and the major version of Node.js that all counts but those of archives hold for. */
  readonly machine: string;
  /** Functions and layers by their logical names. */
  readonly packages: Readonly<Record<string, Counts>>;
  /** Endpoints by their names, beside the least that could answer. */
  readonly endpoints: Readonly<Record<string, EndpointFootprint>>;
}

export interface EndpointFootprint {
  readonly counts: Counts;
  readonly floor: {
    /** The handler of a few lines that the floor is: with ONNX Runtime where the endpoint loads it. */
    readonly handler: FloorName;
    readonly counts: Counts;
  };
  /** MB. */
  readonly memorySize: number;
}

export type FloorName = "Node.js" | "ONNX Runtime";

/** This machine, as counts are told apart by it. */
export const MACHINE = `${process.platform} ${process.arch}, Node.js ${process.versions.node.split(".")[0]}`;

const FILE = path.join(PROJECT_ROOT, "bench", "footprint.json");

export function readFootprint(): Footprint {
  return JSON.parse(fs.readFileSync(FILE, "utf8")) as Footprint;
}

export function writeFootprint(footprint: Footprint): void {
  fs.writeFileSync(FILE, `${JSON.stringify(footprint, undefined, 2)}\n`);
}
