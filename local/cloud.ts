import type { GatewayService } from "./gateway/gatewayService";
import type { LambdaService } from "./lambda/lambdaService";
import type { Placement } from "./resourceType";

/** The services of the local cloud, as resource types see them. */
export interface Cloud {
  readonly placement: Placement;
  readonly lambda: LambdaService;
  readonly gateway: GatewayService;
}
