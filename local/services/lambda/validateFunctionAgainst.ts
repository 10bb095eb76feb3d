import type { Sibling } from "../../resources/declared";
import type { LegacySiblings } from "../../resources/legacy";
import { read } from "../../resources/read";
import type { Properties } from "../../resources/value";

/** Throws for layers of another architecture, and for a file system that no mount target leads to. */
export function validateFunctionAgainst(inputs: Properties, neighbours: LegacySiblings): void {
  checkLayers(inputs, neighbours.of("aws:lambda/layerVersion:LayerVersion"));
  if (inputs.fileSystemConfig !== undefined) checkMountTargets(inputs, neighbours);
}

/**
 * AWS takes such a layer without a word, and the first request fails.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html
 */
function checkLayers(inputs: Properties, layers: readonly Sibling[]): void {
  const own = inputs.architectures === undefined ? ["x86_64"] : read.texts(inputs, "architectures");
  const [architecture] = own ?? [];
  if (architecture === undefined || inputs.layers === undefined) return;
  for (const arn of Array.isArray(inputs.layers) ? inputs.layers : [inputs.layers]) {
    const meant = namedBy(arn, layers);
    const supported = meant.map(
      (layer) => read.texts(layer.inputs, "compatibleArchitectures") ?? [architecture],
    );
    if (meant.length === 0 || supported.some((list) => list.includes(architecture))) continue;
    throw new Error(
      `\`layers\` has "${meant[0]?.name}", for ${supported[0]?.join(" and ")}; the function is for ${architecture}: make both for one`,
    );
  }
}

/** That there is one in each of the function's zones is seen when the function is made. */
function checkMountTargets(inputs: Properties, neighbours: LegacySiblings): void {
  const { arn } = read.object(inputs, "fileSystemConfig");
  const accessPoints = namedBy(arn, neighbours.of("aws:efs/accessPoint:AccessPoint"));
  if (accessPoints.length === 0 || accessPoints.some((accessPoint) => isReached(accessPoint, neighbours)))
    return;
  throw new Error(
    `\`fileSystemConfig\`: the file system of "${accessPoints[0]?.name}" has no mount target: make one in each zone of the function, and name them in its \`dependsOn\``,
  );
}

function isReached({ inputs: { fileSystemId } }: Sibling, neighbours: LegacySiblings): boolean {
  if (typeof fileSystemId === "string") {
    // One that the program does not declare is taken to have them.
    const declared = neighbours.of("aws:efs/fileSystem:FileSystem");
    if (!declared.some(({ outputs }) => outputs.id === fileSystemId)) return true;
  }
  return neighbours
    .of("aws:efs/mountTarget:MountTarget")
    .some(({ inputs }) =>
      typeof fileSystemId === "string"
        ? inputs.fileSystemId === fileSystemId
        : typeof inputs.fileSystemId !== "string",
    );
}

/** Those with an ARN; with one that is not known, all whose own is not. */
function namedBy(arn: unknown, resources: readonly Sibling[]): readonly Sibling[] {
  const isKnown = typeof arn === "string";
  return resources.filter(({ outputs }) => (isKnown ? outputs.arn === arn : typeof outputs.arn !== "string"));
}
