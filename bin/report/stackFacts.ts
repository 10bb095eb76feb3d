import { type ArchiveValue, type AssetValue, type Declared, read } from "@paddock/local/program";
import {
  architectureOf,
  type FixedCost,
  fixedCosts,
  measuredDuration,
  type PredictionCost,
  predictionCost,
} from "@paddock/policy";
import { type ArchiveSize, measureArchive } from "./measureArchive";

/** A function or a layer. Sizes in bytes. */
export interface PackageFacts extends ArchiveSize {
  readonly name: string;
  readonly kind: "function" | "layer";
  /** A function's files with those of its layers: what Lambda limits. */
  readonly unzippedWithLayers: number;
}

/** Facts about a stack that reviewers want beyond the diff; made on two branches, it can be compared. */
export interface StackFacts {
  readonly stack: string;
  readonly resources: number;
  readonly packages: readonly PackageFacts[];
  readonly costs: readonly FixedCost[];
  /** Endpoints whose duration was measured; absent in facts from before there were any. */
  readonly predictions?: readonly PredictionFacts[];
}

/** An endpoint's cost for a million predictions. */
export interface PredictionFacts extends PredictionCost {
  /** Logical name of its function. */
  readonly name: string;
  /** MB. */
  readonly memorySize: number;
  /** `YYYY-MM-DD` of the measurement. */
  readonly measured: string;
}

const FUNCTION = "aws:lambda/function:Function";
const LAYER = "aws:lambda/layerVersion:LayerVersion";

/** @param root  The program's folder, where durations were measured. */
export async function stackFacts(
  stack: string,
  resources: readonly Declared[],
  root: string,
): Promise<StackFacts> {
  const sizes = new Map<Declared, ArchiveSize>();
  for (const resource of resources.filter(({ type }) => type === FUNCTION || type === LAYER)) {
    const file = archiveOf(resource, resources);
    if (file !== undefined) sizes.set(resource, await measureArchive(file));
  }
  const layers = new Map(
    [...sizes].filter(([{ type }]) => type === LAYER).map(([{ outputs }, size]) => [outputs.arn, size]),
  );
  const packages = [...sizes].map(([{ name, type, inputs }, size]): PackageFacts => {
    const ofLayers = (read.strings(inputs, "layers") ?? []).map((arn) => layers.get(arn)?.unzipped ?? 0);
    return {
      name,
      kind: type === LAYER ? "layer" : "function",
      ...size,
      unzippedWithLayers: ofLayers.reduce((sum, bytes) => sum + bytes, size.unzipped),
    };
  });
  return {
    stack,
    resources: resources.length,
    packages: packages.sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name)),
    costs: fixedCosts(resources.map(({ type, name, outputs }) => ({ type, name, props: outputs }))),
    predictions: predictionsOf(resources, root),
  };
}

function predictionsOf(resources: readonly Declared[], root: string): PredictionFacts[] {
  return resources
    .filter(({ type }) => type === FUNCTION)
    .flatMap(({ name, outputs }) => {
      const duration = measuredDuration(root, name);
      if (duration === undefined) return [];
      const memorySize = read.number(outputs, "memorySize") ?? 128;
      const architecture = architectureOf(outputs.architectures);
      const cost = predictionCost({ memorySize, architecture }, duration);
      return [{ name, memorySize, measured: duration.measured, ...cost }];
    });
}

/** The archive in the request itself, or the object of the same stack that it lies in. */
function archiveOf({ inputs }: Declared, resources: readonly Declared[]): string | undefined {
  const code = inputs.code as Partial<ArchiveValue> | undefined;
  if (code?.archive !== undefined) return code.archive;
  const object = resources.find(
    ({ type, outputs }) =>
      type.startsWith("aws:s3/bucketObject") &&
      outputs.bucket === inputs.s3Bucket &&
      outputs.key === inputs.s3Key,
  );
  const source = object?.inputs.source as AssetValue | undefined;
  return source && "asset" in source ? source.asset : undefined;
}
