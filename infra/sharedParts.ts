import { OnnxRuntimeLayer } from "./onnxRuntimeLayer";
import type { ArtifactStore } from "./packaging/artifactStore";
import { SecureBucket } from "./secureBucket";
import type { Settings } from "./settings";

/** What the endpoints of a stack share. */
export interface SharedParts {
  readonly settings: Settings;
  readonly artifacts: ArtifactStore;
  readonly onnxRuntime: OnnxRuntimeLayer;
}

export function createSharedParts(settings: Settings): SharedParts {
  let bucket: SecureBucket | undefined;
  const artifacts: ArtifactStore = {
    bucket() {
      // Archives are made again from the source: nothing in it needs to outlive the stack.
      bucket ??= new SecureBucket("artifacts", { settings, forceDestroy: true });
      return bucket.bucket.bucket;
    },
  };
  const onnxRuntime = new OnnxRuntimeLayer("onnxruntime", { platform: settings.platform, artifacts });
  return { settings, artifacts, onnxRuntime };
}
