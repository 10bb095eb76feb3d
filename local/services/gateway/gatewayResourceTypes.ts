import type { Cloud } from "../../cloud/cloud";
import type { LegacyResourceType } from "../../resources/legacy";
import { account } from "./resourceTypes/account";
import { deployment } from "./resourceTypes/deployment";
import { integration } from "./resourceTypes/integration";
import { integrationResponse } from "./resourceTypes/integrationResponse";
import { method } from "./resourceTypes/method";
import { methodResponse } from "./resourceTypes/methodResponse";
import { methodSettings } from "./resourceTypes/methodSettings";
import { resource } from "./resourceTypes/resource";
import { response } from "./resourceTypes/response";
import { restApi } from "./resourceTypes/restApi";
import { stage } from "./resourceTypes/stage";

/** What API Gateway brings to the local cloud. */
export const gatewayResourceTypes: readonly LegacyResourceType<Cloud>[] = [
  account,
  deployment,
  integration,
  integrationResponse,
  method,
  methodResponse,
  methodSettings,
  resource,
  response,
  restApi,
  stage,
];
