import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Cloud, Services } from "@paddock/local/cloud";
import type { Callers, GatewayService, RequestReport } from "@paddock/local/gateway";
import type { LogLine } from "@paddock/local/lambda";
import { freePorts } from "../cloud/freePorts";
import { removeFolder } from "../process/removeFolder";
import { lambdaTools, type TemporaryLambda } from "./temporaryLambda";

/** The services of a local cloud, as the product puts them together, for tests of the gateway. */
export interface TemporaryGateway extends TemporaryLambda {
  readonly gateway: GatewayService;
  readonly requests: RequestReport[];
  readonly accessLog: string[];
  /** Faults of the local cloud itself, a line each. */
  readonly faults: string[];
  readonly cloud: Cloud;
}

/** @param callers  Says instead of signatures and policies who a request is from. @default those of IAM itself */
export async function temporaryGateway(callers?: Callers): Promise<TemporaryGateway> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "paddock-test-"));
  const log: LogLine[] = [];
  const requests: RequestReport[] = [];
  const accessLog: string[] = [];
  const faults: string[] = [];
  const services = new Services({
    region: "eu-west-1",
    dataDir,
    basePort: await freePorts(),
    onLog: (line) => log.push(line),
    onRequest: (report) => requests.push(report),
    onAccessLog: ({ line }) => accessLog.push(line),
    log: (line) => faults.push(line),
  });
  await services.start();
  const { cloud } = services;
  if (callers !== undefined) {
    cloud.iam.verify = (...request) => callers.verify(...request);
    cloud.iam.authorize = (request) => callers.authorize(request);
  }
  return {
    ...lambdaTools(cloud.lambda, dataDir),
    service: cloud.lambda,
    dataDir,
    log,
    gateway: cloud.gateway,
    requests,
    accessLog,
    faults,
    cloud,
    async close() {
      await services.close();
      removeFolder(dataDir);
    },
  };
}
