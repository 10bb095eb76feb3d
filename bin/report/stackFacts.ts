import { type ArchiveValue, type AssetValue, type Declared, read } from "@paddock/local/program";
import { type FixedCost, fixedCosts } from "./fixedCosts";
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
}

const FUNCTION = "aws:lambda/function:Function";
const LAYER = "aws:lambda/layerVersion:LayerVersion";

export async function stackFacts(stack: string, resources: readonly Declared[]): Promise<StackFacts> {
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
    costs: fixedCosts(resources),
  };
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
