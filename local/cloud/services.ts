import path from "node:path";
import type { Reach } from "../http/checkHost";
import { type Listening, serve } from "../http/serve";
import { cloudWatchFront } from "../services/cloudwatch/cloudWatchFront";
import { CloudWatchService } from "../services/cloudwatch/cloudWatchService";
import { type AccessLogLine, GatewayService } from "../services/gateway/gatewayService";
import type { IssuedKey } from "../services/iam/accessKeyRing";
import type { AccessRequest, Decision } from "../services/iam/evaluatePolicy";
import { IamService } from "../services/iam/iamService";
import type { LogLine } from "../services/lambda/invocation";
import { lambdaFront } from "../services/lambda/lambdaApi";
import { LambdaService } from "../services/lambda/lambdaService";
import { qualifiedName } from "../services/lambda/parseFunctionName";
import { eventReport, type RequestReport } from "../services/lambda/requestReport";
import { NetworkService } from "../services/network/networkService";
import { S3Service } from "../services/s3/s3Service";
import { containerEndpoint } from "../services/sagemaker/containerEndpoint";
import { SageMakerService } from "../services/sagemaker/sageMakerService";
import { stsFront } from "../services/sts/stsFront";
import { VolumeService } from "../services/volume/volumeService";
import { ACCOUNT_ID } from "./accountId";
import { SERVICE_PORTS } from "./addressBook";
import type { Cloud } from "./cloud";
import type { Faults } from "./faults";
import { notifyFunction } from "./notifyFunction";
import { oneAddress } from "./oneAddress";
import { s3RecordStore } from "./s3RecordStore";

export interface ServicesOptions extends Reach {
  readonly region: string;
  /** The folder of all that outlives a restart: objects, volumes, version numbers, the root user's key. */
  readonly dataDir: string;
  /** First of the ports; the services' own are at {@link SERVICE_PORTS} behind it. */
  readonly basePort: number;
  /** Instances of one function at a time. @default the number of cores */
  readonly maxInstances?: number;
  /** ms after which an idle instance ends. @default 300000 */
  readonly idleMs?: number;
  /** Logical name of a function that a debugger is for. @default none */
  readonly inspect?: string;
  /** SageMaker endpoints by name, with the address of the container that answers for each. @default none */
  readonly sageMakerEndpoints?: Readonly<Record<string, string>>;
  /** Injected faults. @default nothing */
  readonly faults?: Pick<Faults, "of">;
  /** Keys of the administrator's beside the one that is kept in the data folder. @default none */
  readonly accessKeys?: readonly IssuedKey[];
  /** Whether each changed function or layer gets the next version number, as on AWS. @default false */
  readonly countVersions?: boolean;
  /** ms since 1970, for metrics and alarms. @default Date.now */
  readonly now?: () => number;
  /** Awaited before a request is worked on, and before it invokes a function. @default at once */
  ready?(functionName?: string): Promise<void>;
  onRequest?(report: RequestReport): void;
  onLog?(line: LogLine): void;
  onAccessLog?(line: AccessLogLine): void;
  /** Called with each decision of IAM about a role. */
  onDecision?(request: AccessRequest, decision: Decision): void;
  /** A line about a fault of the local cloud itself. @default to standard error */
  log?(line: string): void;
}

/** Node.js's own default. */
const INSPECTOR = "127.0.0.1:9229";

/** The services of the local cloud, empty: what is in them is declared, by the recorder or by the real engine. */
export class Services {
  readonly cloud: Cloud;
  readonly #options: ServicesOptions;
  readonly #sageMaker: SageMakerService;
  #lambdaApi: Listening | undefined;
  #allServices: Listening | undefined;

  constructor(options: ServicesOptions) {
    this.#options = options;
    const {
      dataDir,
      region,
      sageMakerEndpoints = {},
      ready,
      onRequest,
      onLog,
      inspect,
      allowedHosts,
      faults,
      ownOriginsOnly,
      accessKeys,
      ...limits
    } = options;
    const place = { region, accountId: ACCOUNT_ID };
    const reach = { allowedHosts, ownOriginsOnly };
    const log = this.#log;
    const cloudWatch = new CloudWatchService({ now: options.now });
    const iam = new IamService({
      ...place,
      accessKeys,
      keyFile: path.join(dataDir, "iam", "root.json"),
      onDecision: options.onDecision,
    });
    const network = new NetworkService();
    const volume = new VolumeService(path.join(dataDir, "volumes"), network);
    this.#sageMaker = new SageMakerService({ ...place, ...reach, log });
    for (const [name, address] of Object.entries(sageMakerEndpoints)) {
      this.#sageMaker.register(name, containerEndpoint(address));
    }
    const lambda: LambdaService = new LambdaService({
      ...place,
      ...limits,
      ...(faults && { faults: { lambda: faults.of("lambda"), volume: faults.of("volume") } }),
      dataDir: path.join(dataDir, "lambda"),
      ...(inspect !== undefined && { inspect: { functionName: inspect, address: INSPECTOR } }),
      endpoints: () => ({
        // What has no address of its own does not go to AWS.
        AWS_ENDPOINT_URL: this.#allServices?.address ?? "",
        AWS_ENDPOINT_URL_S3: s3.endpoint,
        AWS_ENDPOINT_URL_LAMBDA: this.#lambdaApi?.address ?? "",
        AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: this.#sageMaker.address,
      }),
      credentials: (roleArn, functionName) => iam.credentials(roleArn, functionName),
      fileSystems: volume,
      vpcOf: (subnetId) => network.vpcOf(subnetId),
      readObject: ({ s3Bucket, s3Key, s3ObjectVersion }) => s3.readObject(s3Bucket, s3Key, s3ObjectVersion),
      records: s3RecordStore(() => s3),
      onLog: (line) => {
        if (line.source === "function") cloudWatch.readLogLine(line.line);
        onLog?.(line);
      },
      onMetrics: (functionName, qualifier, values) =>
        cloudWatch.putLambdaMetrics(functionName, qualifier, values),
    });
    const s3: S3Service = new S3Service({
      ...place,
      ...(faults && { faults: faults.of("s3") }),
      ...reach,
      accessKeys: iam.accessKeys,
      authorize: (request) => iam.authorize(request),
      invoke: (functionArn, event) => notifyFunction(lambda, functionArn, event, onRequest),
      now: () => new Date(),
      log,
    });
    const gateway = new GatewayService({
      ...place,
      ...reach,
      lambda,
      iam,
      log,
      onAccessLog: (line) => options.onAccessLog?.(line),
      ready,
      onRequest(report) {
        cloudWatch.putUrlMetrics(report);
        onRequest?.(report);
      },
    });
    this.cloud = { cloudWatch, gateway, iam, lambda, network, s3, volume };
  }

  get #log() {
    return this.#options.log ?? ((line: string) => console.error(line));
  }

  /** Starts what listens from the beginning. @throws Error  A port in use. */
  async start(): Promise<void> {
    const { allowedHosts, ownOriginsOnly, basePort, dataDir, onRequest } = this.#options;
    const reach = { allowedHosts, ownOriginsOnly, log: this.#log };
    const addressOf = (service: keyof typeof SERVICE_PORTS) =>
      `http://127.0.0.1:${basePort + SERVICE_PORTS[service]}`;
    await this.cloud.s3.start(basePort + SERVICE_PORTS.s3, path.join(dataDir, "s3"));
    await this.#sageMaker.start(basePort + SERVICE_PORTS.sagemaker);
    const { cloudWatch, gateway, iam, lambda, s3 } = this.cloud;
    const lambdaApi = lambdaFront({
      ...reach,
      service: lambda,
      callers: iam,
      functionUrls: { find: (name, qualifier) => gateway.findFunctionUrl(name, qualifier) },
      onRequest: (report) => onRequest?.(report),
    });
    this.#lambdaApi = await serve(addressOf("lambda"), lambdaApi);
    const fronts = {
      s3: s3.front,
      lambda: lambdaApi,
      sagemaker: this.#sageMaker.front,
      sts: stsFront({ ...reach, callers: iam }),
      monitoring: cloudWatchFront({ ...reach, service: cloudWatch, callers: iam }),
    };
    this.#allServices = await serve(addressOf("all"), oneAddress(fronts));
  }

  /** Addresses of the services themselves, beside the stack's own outputs. */
  get outputs(): Readonly<Record<string, string>> {
    return {
      endpoint: this.#allServices?.address ?? "",
      region: this.#options.region,
      s3Endpoint: this.cloud.s3.endpoint,
      lambdaEndpoint: this.#lambdaApi?.address ?? "",
    };
  }

  /** Goes on with the events that were not done when the local cloud ended; once the stack is deployed. */
  async resumeEvents(): Promise<void> {
    await this.cloud.lambda.resumeEvents(({ functionName, qualifier }, invocation) => {
      const asked = { method: "Event", path: qualifiedName(functionName, qualifier) };
      this.#options.onRequest?.(eventReport(invocation, { via: "invoke", ...asked }));
    });
  }

  /** Stops everything; no process is left behind. */
  async close(): Promise<void> {
    await this.cloud.gateway.close();
    await this.#allServices?.close();
    await this.#allServices?.settled();
    await this.#lambdaApi?.close();
    await this.cloud.s3.close();
    await this.cloud.lambda.close();
    await this.#sageMaker.close();
  }
}
