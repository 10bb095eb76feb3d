import type * as aws from "@pulumi/aws";
import type { InputsOf, TypedSiblings } from "../../resources/resourceType";
import { known, type PreviewOf, UNKNOWN } from "../../resources/value";

type FunctionInputs = PreviewOf<InputsOf<typeof aws.lambda.Function>>;

/** Throws for layers of another architecture, and for a file system that no mount target leads to. */
export function validateFunctionAgainst(inputs: FunctionInputs, siblings: TypedSiblings): void {
  checkLayers(inputs, siblings);
  if (inputs.fileSystemConfig !== undefined) checkMountTargets(inputs, siblings);
}

/**
 * AWS takes such a layer without a word, and the first request fails.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html
 */
function checkLayers(inputs: FunctionInputs, siblings: TypedSiblings): void {
  const [first] = inputs.architectures === undefined ? ["x86_64"] : (known(inputs.architectures) ?? []);
  const architecture = known(first);
  if (architecture === undefined || inputs.layers === undefined) return;
  const layers = siblings.of<typeof aws.lambda.LayerVersion>("aws:lambda/layerVersion:LayerVersion");
  for (const arn of known(inputs.layers) ?? [UNKNOWN]) {
    const meant = namedBy(arn, layers);
    const supported = meant.map((layer) => known(layer.inputs.compatibleArchitectures) ?? [architecture]);
    if (meant.length === 0 || supported.some((list) => list.includes(architecture))) continue;
    throw new Error(
      `\`layers\` has "${meant[0]?.name}", for ${supported[0]?.map(String).join(" and ")}; the function is for ${architecture}: make both for one`,
    );
  }
}

/** Whether each of the function's zones has a mount target is checked when the function is made. */
function checkMountTargets(inputs: FunctionInputs, siblings: TypedSiblings): void {
  const accessPoints = namedBy(
    known(inputs.fileSystemConfig)?.arn,
    siblings.of<typeof aws.efs.AccessPoint>("aws:efs/accessPoint:AccessPoint"),
  );
  if (accessPoints.length === 0) return;
  if (accessPoints.some((accessPoint) => isReached(accessPoint.inputs.fileSystemId, siblings))) return;
  throw new Error(
    `\`fileSystemConfig\`: the file system of "${accessPoints[0]?.name}" has no mount target: make one in each zone of the function, and name them in its \`dependsOn\``,
  );
}

function isReached(fileSystemId: unknown, siblings: TypedSiblings): boolean {
  if (typeof fileSystemId === "string") {
    // A file system that the program does not declare is taken to have mount targets.
    const declared = siblings.of<typeof aws.efs.FileSystem>("aws:efs/fileSystem:FileSystem");
    if (!declared.some(({ outputs }) => outputs.id === fileSystemId)) return true;
  }
  return siblings
    .of<typeof aws.efs.MountTarget>("aws:efs/mountTarget:MountTarget")
    .some(({ inputs }) =>
      typeof fileSystemId === "string"
        ? inputs.fileSystemId === fileSystemId
        : typeof inputs.fileSystemId !== "string",
    );
}

/** Finds the resources with an ARN; an unknown ARN may be that of any whose own is unknown. */
function namedBy<Named extends { readonly outputs: { readonly arn?: unknown } }>(
  arn: unknown,
  resources: readonly Named[],
): readonly Named[] {
  const isKnown = typeof arn === "string";
  return resources.filter(({ outputs }) => (isKnown ? outputs.arn === arn : typeof outputs.arn !== "string"));
}
