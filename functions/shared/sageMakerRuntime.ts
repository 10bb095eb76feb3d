import type * as SageMaker from "./sageMakerClient";

let loaded: typeof SageMaker | undefined;

/** The AWS SDK's client of SageMaker endpoints, loaded when first asked for. */
export function sageMakerRuntime(): typeof SageMaker {
  // Not a plain `require`, which the bundler would follow.
  loaded ??= module.require("./sageMakerClient") as typeof SageMaker;
  return loaded;
}
