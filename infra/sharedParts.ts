import { ModelBucket } from "./modelBucket";
import { OnnxRuntimeLayer } from "./onnxRuntimeLayer";
import type { ArtifactStore } from "./packaging/artifactStore";
import { SecureBucket } from "./secureBucket";
import type { Settings } from "./settings";

/** What the endpoints of a stack share; what is a function is made when it is first asked for. */
export interface SharedParts {
  readonly settings: Settings;
  readonly artifacts: ArtifactStore;
  readonly onnxRuntime: OnnxRuntimeLayer;
  /** Where models lie that are no part of a package. */
  modelBucket(): ModelBucket;
}

export function createSharedParts(settings: Settings): SharedParts {
  // Archives are made again from the source: nothing in it needs to outlive the stack.
  const artifactBucket = once(() => new SecureBucket("artifacts", { settings, forceDestroy: true }));
  const artifacts: ArtifactStore = { bucket: () => artifactBucket().bucket.bucket };
  const onnxRuntime = new OnnxRuntimeLayer("onnxruntime", { platform: settings.platform, artifacts });
  const modelBucket = once(() => new ModelBucket("models", { settings }));
  return { settings, artifacts, onnxRuntime, modelBucket };
}

function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined;
  return () => {
    made ??= { it: make() };
    return made.it;
  };
}
