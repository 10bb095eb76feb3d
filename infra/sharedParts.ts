import { ModelBucket } from "./modelBucket";
import { ModelSync } from "./modelSync";
import { ModelVolume } from "./modelVolume";
import { Network } from "./network";
import { createOperations, type Operations } from "./operations/operations";
import type { ArtifactStore } from "./packaging/artifactStore";
import { RuntimeLayer, type RuntimeLayerArgs } from "./runtimeLayer";
import { SecureBucket } from "./secureBucket";
import type { Settings } from "./settings";
import { UploadBucket } from "./uploadBucket";

/** Parts that the endpoints of a stack share; those that are functions are created when first requested. */
export interface SharedParts {
  readonly settings: Settings;
  readonly artifacts: ArtifactStore;
  readonly operations: Operations;
  readonly onnxRuntime: RuntimeLayer;
  sharp(): RuntimeLayer;
  uploads(): UploadBucket;
  /** Storage of models outside packages. */
  modelBucket(): ModelBucket;
  /** The bucket in which Lambda keeps failed events. */
  failures(): SecureBucket;
  /** The VPC of functions that need one. */
  network(): Network;
  /** The file system with models, and what fills it. */
  fileSystem(): { readonly volume: ModelVolume; readonly sync: ModelSync };
}

export function createSharedParts(settings: Settings): SharedParts {
  // Archives are rebuilt from the source: nothing in the bucket has to outlive the stack.
  const artifactBucket = once(() => new SecureBucket("artifacts", { settings, forceDestroy: true }));
  const artifacts: ArtifactStore = { bucket: () => artifactBucket().name };
  const operations = createOperations(settings);
  const layer = (library: RuntimeLayerArgs["library"]) =>
    new RuntimeLayer(library, { library, platform: settings.platform, artifacts });
  const onnxRuntime = layer("onnxruntime");
  const sharp = once(() => layer("sharp"));
  const uploads = once(() => new UploadBucket("uploads", { settings }));
  const modelBucket = once(() => new ModelBucket("models", { settings }));
  const failures = once(
    () =>
      new SecureBucket("failures", {
        settings,
        // As long as the log lines that explain them.
        expirationDays: settings.logRetentionDays,
        noncurrentDays: 1,
        forceDestroy: settings.forceDestroy,
      }),
  );
  const network = once(() => new Network("network", { settings }));
  const fileSystem = once(() => {
    const volume = new ModelVolume("model-volume", { settings, operations, network: network() });
    // Nothing is uploaded to a bucket that is not the stack's own.
    const bucket = settings.existingModels
      ? { bucket: artifactBucket().name, arn: artifactBucket().arn }
      : modelBucket();
    const sync = new ModelSync("model-sync", {
      settings,
      artifacts,
      operations,
      network: network(),
      volume,
      bucket,
      failures: failures(),
    });
    return { volume, sync };
  });
  return {
    settings,
    artifacts,
    operations,
    onnxRuntime,
    sharp,
    uploads,
    modelBucket,
    failures,
    network,
    fileSystem,
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined;
  return () => {
    made ??= { it: make() };
    return made.it;
  };
}
