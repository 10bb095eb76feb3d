import type { ResourceType } from "../../resources/resourceType";
import type { GatewayService } from "./gatewayService";
import { account } from "./resourceTypes/account";
import { deployment } from "./resourceTypes/deployment";
import { basePathMapping, domainName } from "./resourceTypes/domainName";
import { functionUrl } from "./resourceTypes/functionUrl";
import { integration } from "./resourceTypes/integration";
import { integrationResponse } from "./resourceTypes/integrationResponse";
import { method } from "./resourceTypes/method";
import { methodResponse } from "./resourceTypes/methodResponse";
import { methodSettings } from "./resourceTypes/methodSettings";
import { resource } from "./resourceTypes/resource";
import { response } from "./resourceTypes/response";
import { restApi } from "./resourceTypes/restApi";
import { restApiPolicy } from "./resourceTypes/restApiPolicy";
import { stage } from "./resourceTypes/stage";
import { apiKey, usagePlan, usagePlanKey } from "./resourceTypes/usagePlan";

/** The resource types of API Gateway, and Lambda's function URLs, which the gateway serves. */
export const gatewayResourceTypes: readonly ResourceType<GatewayService>[] = [
  account,
  apiKey,
  basePathMapping,
  deployment,
  domainName,
  functionUrl,
  integration,
  integrationResponse,
  method,
  methodResponse,
  methodSettings,
  resource,
  response,
  restApi,
  restApiPolicy,
  stage,
  usagePlan,
  usagePlanKey,
];
