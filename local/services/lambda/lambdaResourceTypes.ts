import type { ResourceType } from "../../resources/resourceType";
import type { LambdaService } from "./lambdaService";
import { alias } from "./resourceTypes/alias";
import { lambdaFunction } from "./resourceTypes/function";
import { functionEventInvokeConfig } from "./resourceTypes/functionEventInvokeConfig";
import { functionRecursionConfig } from "./resourceTypes/functionRecursionConfig";
import { invocation } from "./resourceTypes/invocation";
import { layerVersion } from "./resourceTypes/layerVersion";
import { permission } from "./resourceTypes/permission";
import { provisionedConcurrencyConfig } from "./resourceTypes/provisionedConcurrencyConfig";

/** The resource types of Lambda. */
export const lambdaResourceTypes: readonly ResourceType<LambdaService>[] = [
  alias,
  functionEventInvokeConfig,
  functionRecursionConfig,
  invocation,
  lambdaFunction,
  layerVersion,
  permission,
  provisionedConcurrencyConfig,
];
