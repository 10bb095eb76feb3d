import type { GatewayService } from "./gateway/gatewayService";
import type { LambdaService } from "./lambda/lambdaService";

/** The services of the local cloud, as resource types see them. */
export interface Cloud {
  readonly lambda: LambdaService;
  readonly gateway: GatewayService;
}
