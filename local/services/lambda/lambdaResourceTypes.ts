import type { ResourceType } from "../../resources/resourceType";
import { alias } from "./resourceTypes/alias";
import { lambdaFunction } from "./resourceTypes/function";
import { functionEventInvokeConfig } from "./resourceTypes/functionEventInvokeConfig";
import { functionUrl } from "./resourceTypes/functionUrl";
import { invocation } from "./resourceTypes/invocation";
import { layerVersion } from "./resourceTypes/layerVersion";
import { permission } from "./resourceTypes/permission";
import { provisionedConcurrencyConfig } from "./resourceTypes/provisionedConcurrencyConfig";

/** What Lambda brings to the local cloud. */
export const lambdaResourceTypes: readonly ResourceType[] = [
  alias,
  functionEventInvokeConfig,
  functionUrl,
  invocation,
  lambdaFunction,
  layerVersion,
  permission,
  provisionedConcurrencyConfig,
];
