import { lazy } from "../lazy";
import type * as Evaluator from "./evaluator";

/** The evaluator, loaded when first asked for. */
export const evaluator = lazy(() => module.require("./evaluator") as typeof Evaluator);
