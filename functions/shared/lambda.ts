import type * as LambdaClients from "./lambdaClient";
import { lazy } from "./lazy";

/** The AWS SDK's client of Lambda, loaded when first asked for. */
export const lambda = lazy(() => module.require("./lambdaClient") as typeof LambdaClients);
