import { lazy } from "../lazy";
import type * as Conversion from "./conversion";

/** The converters of models to ONNX, loaded when first asked for. */
export const conversion = lazy(() => module.require("./conversion") as typeof Conversion);
