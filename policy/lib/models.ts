import fs from "node:fs";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { digestOf } from "./cards";
import { allows, grantsOf } from "./grants";
import { MODEL } from "./packages/inspectFile";
import { onnxRuntimeFiles } from "./packages/onnxRuntimeFiles";
import { ownValue } from "./packages/ownValue";
import { packagesOf } from "./packages/packageOf";
import { resolveFrom } from "./packages/resolveFrom";
import type { ResourceContext } from "./rule";
import type { Stack, StackResource } from "./stack";

type Fn = StackResource<"aws:lambda/function:Function">;
type BucketObject = StackResource<"aws:s3/bucketObjectv2:BucketObjectv2">;

/** A model that a function loads. */
export interface Model {
  /** Its path in the package, or its key. */
  readonly name: string;
  /** Unpacked. Weights in files beside the model are mapped into memory instead of read, and not counted. */
  readonly bytes: number;
  /** The place that the function loads it from. */
  readonly from: "package" | "bucket" | "volume";
  /** The object that the stack puts there; `undefined` for a model in a package. */
  readonly object: BucketObject | undefined;
  /** Digest of the file that is deployed: of an archive, not of the files in it. */
  sha256(): Promise<string>;
}

const ARCHIVE = /\.(tar\.gz|tgz)$/;

/**
 * The models that a function loads, as far as the stack's own resources tell: what its package holds, the objects in
 * the buckets of its environment that its role may read, and the objects that become the file of a `MODEL_…` variable on
 * the file system it mounts. None for a function without ONNX Runtime, which only carries them.
 */
export async function modelsOf(
  fn: Fn,
  context: ResourceContext<unknown> & { readonly stack: Stack },
): Promise<Model[]> {
  const packages = await packagesOf(fn, context);
  if (!packages.some((one) => onnxRuntimeFiles(one.package).length > 0)) return [];
  const packaged = packages
    .flatMap((one) => one.package.files)
    .filter(({ path }) => MODEL.test(path))
    .map(({ path, size, sha256 = "" }): Model => {
      return { name: path, bytes: size, from: "package", object: undefined, sha256: async () => sha256 };
    });
  const [inBucket, onVolume] = [readObjects(fn, context.stack), mountedObjects(fn, context.stack)];
  return [
    ...packaged,
    ...(await Promise.all(inBucket.map((object) => modelOf(object, "bucket", context.root)))),
    ...(await Promise.all(onVolume.map((object) => modelOf(object, "volume", context.root)))),
  ].flat();
}

/** The file that an object of the stack is made of, absolute; `undefined` where it is not on this machine. */
export async function fileOf({ props }: BucketObject, root: string | undefined): Promise<string | undefined> {
  const file = await ownValue<string>(props.source, "path");
  return file === undefined ? undefined : resolveFrom(root, file);
}

function readObjects(fn: Fn, stack: Stack): BucketObject[] {
  const objects = stack
    .references(fn, "aws:s3/bucket:Bucket", "environment")
    .flatMap((bucket) => stack.referring(bucket, "aws:s3/bucketObjectv2:BucketObjectv2", "bucket"))
    .filter(({ props }) => MODEL.test(props.key ?? ""));
  if (objects.length === 0) return [];
  const grants = grantsOf(fn, stack);
  return objects.filter(({ props: { bucket, key } }) =>
    allows(grants, "s3:GetObject", `arn:aws:s3:::${bucket}/${key}`),
  );
}

function mountedObjects({ props }: Fn, stack: Stack): BucketObject[] {
  if (props.fileSystemConfig === undefined) return [];
  const variables = props.environment?.variables ?? {};
  // Others may be unknown in a preview; only these are read.
  const paths = Object.keys(variables)
    .filter((name) => name.startsWith("MODEL_"))
    .map((name) => String(variables[name]))
    .filter((value) => MODEL.test(value));
  return stack
    .ofType("aws:s3/bucketObjectv2:BucketObjectv2")
    .filter(({ props: { key = "" } }) => paths.some((value) => key.endsWith(`/${value}`)));
}

async function modelOf(
  object: BucketObject,
  from: Model["from"],
  root: string | undefined,
): Promise<Model[]> {
  const file = await fileOf(object, root);
  if (file === undefined) return [];
  const name = object.props.key ?? object.name;
  const bytes = ARCHIVE.test(name) ? await unpackedSize(file) : fs.statSync(file).size;
  return [{ name, bytes, from, object, sha256: () => digestOf(file) }];
}

async function unpackedSize(archive: string): Promise<number> {
  let bytes = 0;
  const count = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done();
    },
  });
  await pipeline(fs.createReadStream(archive), createGunzip(), count);
  return bytes;
}
