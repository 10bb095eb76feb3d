import type { ResourceContext } from "../rule";
import type { Stack, StackResource } from "../stack";
import type { Package } from "./package";
import { NotOfThisMachine, readPackage } from "./readPackage";
import { ProgramFolderUnknown } from "./resolveFrom";

type Packaged = StackResource<"aws:lambda/function:Function" | "aws:lambda/layerVersion:LayerVersion">;

/** A package, or why it cannot be opened. */
export type OpenedPackage =
  | { readonly package: Package }
  /** `broken`: it is a file of this machine that is missing or no archive. */
  | { readonly closed: string; readonly broken: boolean };

/** Opens the package of a function or layer: its `code`, or the bucket object of the same stack that it names. */
export async function packageOf(
  resource: Packaged,
  { stack, root }: ResourceContext<unknown> & { readonly stack: Stack },
): Promise<OpenedPackage> {
  const source = sourceOf(resource, stack);
  if (source === undefined) return { closed: "its code is not of this stack", broken: false };
  try {
    return { package: await readPackage(source, root) };
  } catch (error) {
    if (error instanceof ProgramFolderUnknown) throw error;
    return { closed: (error as Error).message, broken: !(error instanceof NotOfThisMachine) };
  }
}

/** The files of a package; none of one that cannot be opened, of which `package-readable` speaks. */
export async function filesOf(
  ...[resource, context]: Parameters<typeof packageOf>
): Promise<Package["files"]> {
  const opened = await packageOf(resource, context);
  return "package" in opened ? opened.package.files : [];
}

/** Says of a path whether one of these regular expressions matches it. */
export function matching(patterns: readonly string[]): (path: string) => boolean {
  const expressions = patterns.map((pattern) => new RegExp(pattern));
  return (path) => expressions.some((expression) => expression.test(path));
}

/** A function with its layers of this stack, each where it can be opened; `package-readable` speaks of the others. */
export async function packagesOf(
  fn: StackResource<"aws:lambda/function:Function">,
  context: ResourceContext<unknown> & { readonly stack: Stack },
): Promise<{ readonly name: string; readonly package: Package }[]> {
  const layers = context.stack.references(fn, "aws:lambda/layerVersion:LayerVersion", "layers");
  const opened = await Promise.all(
    [fn, ...layers].map(async (one) => ({ name: one.name, ...(await packageOf(one, context)) })),
  );
  return opened.filter((one) => "package" in one);
}

function sourceOf({ props, source }: Packaged, stack: Stack): unknown {
  if (props.code !== undefined) return props.code;
  const keyFrom = source.propertyDependencies.s3Key ?? [];
  const [object] = stack
    .ofType("aws:s3/bucketObjectv2:BucketObjectv2")
    .filter(({ urn }) => keyFrom.some((one) => one.urn === urn));
  return object?.props.source ?? object?.props.content;
}
