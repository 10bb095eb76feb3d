import { hash } from "node:crypto";
import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { buildRuntime } from "./buildRuntime";
import { CodeStore, type ReadObject } from "./codeStore";
import type { CodeSource, FunctionConfiguration } from "./functionConfiguration";
import { FunctionInvoker, type MetricsOption } from "./functionInvoker";
import { type EventInvokeConfig, type FunctionRecord, resolveVersion } from "./functionRecord";
import { FunctionRunner, type InstancePlace } from "./functionRunner";
import type { FunctionVersion } from "./functionVersion";
import type { LogLine } from "./invocation";
import { lambdaEnvironment } from "./lambdaEnvironment";
import { eventFaults, type LambdaFaults, rejectByFault, type VolumeFaults } from "./lambdaFaults";
import { LayerStore, type LayerVersion } from "./layerStore";
import { type Credentials, localEnvironment } from "./localEnvironment";
import { isNamed } from "./parseFunctionName";
import type { RecordStore } from "./recordStore";
import { VersionLedger } from "./versionLedger";

export interface LambdaServiceOptions extends MetricsOption {
  /** Absolute folder for what is unpacked, bundled and numbered here. */
  readonly dataDir: string;
  readonly region: string;
  readonly accountId: string;
  /** Instances of one function at a time; further requests queue. @default number of cores */
  readonly maxInstances?: number;
  /** ms after which an idle instance ends. @default 300000 */
  readonly idleMs?: number;
  /**
   * Whether each changed function, and each layer, gets the next version number, as on AWS; else the number stays 1 and its
   * content is replaced: under `npm start` references to a version are resolved before anything is created.
   * @default false
   */
  readonly countVersions?: boolean;
  /** ms that loading a handler may take. @default 10000, Lambda's */
  readonly initLimitMs?: number;
  /** ms before the first, second, … retry of an asynchronous request. @default [1000, 2000]; Lambda waits minutes */
  readonly retryDelaysMs?: readonly number[];
  /** Logical name of the function that a debugger is for, and its address, `host:port`. @default none */
  readonly inspect?: { readonly functionName: string; readonly address: string };
  /** Injected faults. @default nothing */
  readonly faults?: { readonly lambda?: LambdaFaults; readonly volume?: VolumeFaults };
  /** `AWS_ENDPOINT_URL_*` for functions, asked at each start of an instance. */
  endpoints(): Readonly<Record<string, string>>;
  /** Access key for a role. */
  credentials(roleArn: string, functionName: string): Credentials;
  readonly fileSystems: FileSystems;
  /** The VPC of a subnet; `undefined` for a subnet that nobody declared. */
  vpcOf(subnetId: string): string | undefined;
  /** For functions and layers whose archive lies in S3. */
  readonly readObject: ReadObject;
  /** For events that fail. */
  readonly records: RecordStore;
  onLog(line: LogLine): void;
}

/** EFS, as functions mount it by its access points. */
export interface FileSystems {
  /** @throws Error  A function in these subnets could not reach the file system. */
  checkMount(accessPointArn: string, subnetIds: readonly string[]): void;
  /** Folder of an access point. */
  folderOf(accessPointArn: string): string;
}

/** Functions, versions, aliases, layers and permissions of the local cloud, and their invocation. Knows no HTTP. */
export class LambdaService extends FunctionInvoker {
  readonly #options: LambdaServiceOptions;
  readonly #code: CodeStore;
  readonly #ledger: VersionLedger;
  readonly #layers: LayerStore;
  #runtimeFolder: Promise<string> | undefined;

  constructor(options: LambdaServiceOptions) {
    super({ ...options, retryDelaysMs: options.retryDelaysMs ?? [1000, 2000] });
    this.#options = options;
    this.#code = new CodeStore(options.dataDir, options.readObject);
    this.#ledger = new VersionLedger(path.join(options.dataDir, "versions.json"));
    this.#layers = new LayerStore(this.#code, this.#ledger, options);
  }

  /**
   * Creates a function or replaces its code and configuration; instances of what it replaces end when their requests
   * do. With `publish`, gives the next version number if anything changed.
   */
  async putFunction(
    configuration: FunctionConfiguration,
    options: { publish?: boolean } = {},
  ): Promise<FunctionVersion> {
    const { functionName, fileSystem } = configuration;
    if (fileSystem) this.#options.fileSystems.checkMount(fileSystem.arn, fileSystem.subnetIds);
    const latest = await this.#makeVersion(configuration);
    const record = this.functions.get(functionName) ?? (await this.#makeRecord(latest));
    this.functions.set(functionName, record);
    const replaced = record.latest;
    record.latest = latest;
    if (replaced.digest !== latest.digest) record.runner.scheduler.retire(replaced.digest);
    if (!options.publish) return latest;
    const version = this.#options.countVersions
      ? String(this.#ledger.publish(functionName, latest.digest))
      : "1";
    const published = { ...latest, version, digest: `${latest.digest}:${version}` };
    const before = record.versions.get(version);
    record.versions.set(version, published);
    if (before && before.digest !== published.digest) record.runner.scheduler.retire(before.digest);
    return published;
  }

  async deleteFunction(functionName: string): Promise<void> {
    const record = this.functions.get(functionName);
    this.functions.delete(functionName);
    await record?.runner.close();
  }

  /**
   * Publishes a layer version; functions that have the same version already get its new content.
   *
   * @param version  The number it has. @default the next one; 1 where versions are not counted
   */
  async putLayer(layerName: string, code: CodeSource, version?: string): Promise<LayerVersion> {
    const layer = await this.#layers.publish(layerName, code, this.#options.countVersions ? version : "1");
    for (const { latest, versions } of this.functions.values()) {
      if (!latest.configuration.layers.includes(layer.arn)) continue;
      await this.putFunction(latest.configuration, { publish: versions.size > 0 });
    }
    return layer;
  }

  /** The VPC that a function in these subnets is in; empty where nobody declared them. */
  vpcIdOf([subnetId = ""]: readonly string[]): string {
    return this.#options.vpcOf(subnetId) ?? "";
  }

  deleteLayer(arn: string): void {
    this.#layers.delete(arn);
  }

  /** Provisioned concurrency: starts instances now (at most `maxInstances`) and keeps them; 0 ends that. */
  async provision(functionName: string, qualifier: string, count: number): Promise<void> {
    const record = this.functions.get(functionName);
    const version = record && resolveVersion(record, qualifier);
    if (!record || !version) {
      if (count === 0) return;
      throw this.notFound(functionName, qualifier);
    }
    this.setProvisioned(record, qualifier, count > 0);
    if (count === 0) record.runner.unprovision(version);
    else await record.runner.provision(version, count);
  }

  /** How asynchronous requests are tried again, and where those go that fail. @throws AwsError */
  async putEventInvokeConfig(
    functionName: string,
    qualifier: string | undefined,
    config: EventInvokeConfig,
  ): Promise<void> {
    const record = this.record(functionName);
    if (config.onFailure !== undefined)
      await this.#options.records.check(record.latest.configuration.role, config.onFailure);
    record.eventInvokeConfigs.set(qualifier ?? "$LATEST", config);
  }

  /** Ends every instance; no process is left behind. */
  async close(): Promise<void> {
    const records = [...this.functions.values()];
    this.functions.clear();
    const events = this.closeEvents();
    await Promise.all(records.map((record) => record.runner.close()));
    await events;
    const used = records.flatMap(({ latest, versions }) => [latest, ...versions.values()]);
    await this.#code.prune([...used.map(({ taskRoot }) => taskRoot), ...this.#layers.folders]);
    await rm(path.join(this.#options.dataDir, "tmp"), { recursive: true, force: true });
  }

  async #makeVersion(configuration: FunctionConfiguration): Promise<FunctionVersion> {
    const code = await this.#code.unpack(configuration.code);
    const optFolder = await this.#layers.optFolder(configuration.layers);
    const described = JSON.stringify({ ...configuration, code: undefined, tags: undefined });
    return {
      configuration,
      version: "$LATEST",
      codeSha256: code.sha256,
      codeSize: code.size,
      lastModified: new Date().toISOString().replace("Z", "+0000"),
      digest: hash("sha256", `${code.sha256}${optFolder ?? ""}${described}`),
      taskRoot: code.folder,
      ...(optFolder !== undefined && { optFolder }),
    };
  }

  async #makeRecord(latest: FunctionVersion): Promise<FunctionRecord> {
    this.#runtimeFolder ??= buildRuntime(this.#options.dataDir);
    const runtimeFolder = await this.#runtimeFolder;
    const { inspect } = this.#options;
    return {
      latest,
      versions: new Map(),
      aliases: new Map(),
      provisioned: new Set(),
      policy: new Map(),
      eventInvokeConfigs: new Map(),
      runner: new FunctionRunner({
        dataDir: this.#options.dataDir,
        runtimeFolder,
        maxInstances: this.#options.maxInstances ?? availableParallelism(),
        idleMs: this.#options.idleMs ?? 300_000,
        initLimitMs: this.#options.initLimitMs ?? 10_000,
        ...(isNamed(latest.configuration.functionName, inspect?.functionName) && {
          inspect: inspect?.address,
        }),
        hasVolumeFaults: this.#faults.volume !== undefined,
        faults: ({ configuration }) =>
          eventFaults(this.#faults, configuration.functionName, this.#mountFolder(configuration)),
        environment: (version, instance) => this.#environment(version, { ...instance, runtimeFolder }),
        onLog: (line) => this.#options.onLog(line),
      }),
    };
  }

  get #faults() {
    return this.#options.faults ?? {};
  }

  /** Does what comes before any instance. @throws AwsError  A file system that cannot be mounted, or an injected fault. */
  protected override async prepare(configuration: FunctionConfiguration): Promise<void> {
    await rejectByFault(this.#faults, configuration);
    this.#mountFolder(configuration);
  }

  #mountFolder({ fileSystem }: FunctionConfiguration): string | undefined {
    return fileSystem && this.#options.fileSystems.folderOf(fileSystem.arn);
  }

  #environment(version: FunctionVersion, instance: InstancePlace & { runtimeFolder: string }) {
    const { configuration } = version;
    return {
      ...configuration.environment,
      ...lambdaEnvironment(version, { ...instance, region: this.#options.region }),
      ...localEnvironment(version, {
        ...instance,
        endpoints: this.#options.endpoints(),
        credentials: this.#options.credentials(configuration.role, configuration.functionName),
        mountFolder: this.#mountFolder(configuration),
      }),
    };
  }
}
