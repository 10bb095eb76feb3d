import type { Cloud } from "@paddock/local/cloud";
import { GatewayService, type GatewayServiceOptions, type RequestReport } from "@paddock/local/gateway";
import { type TemporaryLambda, temporaryLambda } from "./temporaryLambda";

/** A gateway in front of a Lambda service of its own. */
export interface TemporaryGateway extends TemporaryLambda {
  readonly gateway: GatewayService;
  readonly requests: RequestReport[];
  readonly accessLog: string[];
  /** Faults of the gateway itself, a line each. */
  readonly faults: string[];
  /** Both services as resource types see them; there is no other beside them. */
  readonly cloud: Cloud;
}

export function temporaryGateway(options: Partial<GatewayServiceOptions> = {}): TemporaryGateway {
  const lambda = temporaryLambda();
  const requests: RequestReport[] = [];
  const accessLog: string[] = [];
  const faults: string[] = [];
  const gateway = new GatewayService({
    lambda: lambda.service,
    region: "eu-west-1",
    accountId: "123456789012",
    onRequest: (report) => requests.push(report),
    log: (line) => faults.push(line),
    onAccessLog: ({ line }) => accessLog.push(line),
    ...options,
  });
  return {
    ...lambda,
    gateway,
    requests,
    accessLog,
    faults,
    cloud: { lambda: lambda.service, gateway } as Cloud,
    async close() {
      await gateway.close();
      await lambda.close();
    },
  };
}
