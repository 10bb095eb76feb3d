import { lazy } from "./lazy";
import type * as SageMaker from "./sageMakerClient";

/** The AWS SDK's client of SageMaker endpoints, loaded when first asked for. */
export const sageMakerRuntime = lazy(() => module.require("./sageMakerClient") as typeof SageMaker);
