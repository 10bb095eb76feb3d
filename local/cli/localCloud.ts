import fs from "node:fs";
import path from "node:path";
import { ACCOUNT_ID } from "../cloud/accountId";
import { AddressBook, SERVICE_PORTS } from "../cloud/addressBook";
import type { Faults } from "../cloud/faults";
import { type Changes, type LiveResources, reconcile } from "../cloud/reconcile";
import { Services } from "../cloud/services";
import { PageServer } from "../page/pageServer";
import type { Declaration } from "../program/declaration";
import { Evaluator } from "../program/evaluator";
import { readStackConfig } from "../program/stackConfig";
import type { ArchiveValue } from "../resources/value";
import type { AccessLogLine } from "../services/gateway/gatewayService";
import type { IssuedKey } from "../services/iam/accessKeyRing";
import type { AccessRequest, Decision } from "../services/iam/evaluatePolicy";
import type { PolicyDocument } from "../services/iam/policyDocument";
import type { LogLine } from "../services/lambda/invocation";
import type { RequestReport } from "../services/lambda/requestReport";
import { requireFunction } from "./requireFunction";
import { runProjectScript } from "./runProjectScript";
import { SourceChanges } from "./sourceChanges";
import type { SourceChange } from "./watchSources";

export interface LocalCloudOptions {
  /** Folder with `Pulumi.yaml`. */
  readonly projectDir: string;
  /** Whose `Pulumi.<stack>.yaml` is read. */
  readonly stack: string;
  /** Settings over those of the stack's file. @default packages for this machine */
  readonly config?: Readonly<Record<string, string>>;
  /** REST API at this port, the services behind it, function URLs from the tenth. */
  readonly basePort: number;
  /**
   * The folder of all that outlives a restart: objects, volumes, ports. @default `.paddock/stacks/<stack>` in the
   * project
   */
  readonly dataDir?: string;
  /** Instances of one function at a time. @default the number of cores */
  readonly maxInstances?: number;
  /** ms after which an idle instance ends. @default 300000 */
  readonly idleMs?: number;
  /** Logical name of a function that a debugger is for. @default none */
  readonly inspect?: string;
  /** SageMaker endpoints by name, with the address of the container that answers for each. @default none */
  readonly sageMakerEndpoints?: Readonly<Record<string, string>>;
  /** Hosts beside this machine's own that requests may be for. @default none */
  readonly allowedHosts?: readonly string[];
  /** Keys of the administrator's beside the one that is kept, which others may know. @default none */
  readonly accessKeys?: readonly IssuedKey[];
  /** Whether {@link LocalCloud.sourcesChanged} is called: a process stays for it. @default false */
  readonly isWatched?: boolean;
  /** Takes what the program prints. @default standard error */
  onPrint?(text: string): void;
  /** Before each step of an update that takes time: what is done next. */
  onStep?(text: string): void;
  /** Before each resource that is created or changed: its name. */
  onResource?(name: string): void;
  /** Injected faults, once the stack is deployed. @default nothing */
  readonly faults?: Pick<Faults, "of" | "suspend" | "resume">;
  /** After a change of the sources ({@link LocalCloud.sourcesChanged}): the files, and what changed or why nothing did. */
  onUpdate?(files: readonly string[], result: Changes | Error): void;
  onRequest?(report: RequestReport): void;
  onLog?(line: LogLine): void;
  /** Takes the lines of REST API stages with an access log. */
  onAccessLog?(line: AccessLogLine): void;
  /** Called with each decision of IAM about a role. */
  onDecision?(request: AccessRequest, decision: Decision): void;
}

/** The local cloud: serves on this machine what the program declares, and nothing else. */
export class LocalCloud {
  readonly dataDir: string;
  /** The region that requests are signed for. */
  readonly region: string;
  readonly #options: LocalCloudOptions;
  readonly #addresses: AddressBook;
  readonly #live: LiveResources = new Map();
  readonly #services: Services;
  readonly #page: PageServer;
  readonly #evaluator: Evaluator;
  #declared: Declaration["resources"] = [];
  #sources: Declaration["sources"] = {};
  #outputs: Readonly<Record<string, unknown>> = {};
  readonly #sourceChanges: SourceChanges;

  private constructor(options: LocalCloudOptions) {
    this.#options = options;
    this.dataDir = options.dataDir ?? path.join(options.projectDir, ".paddock", "stacks", options.stack);
    fs.mkdirSync(this.dataDir, { recursive: true });
    this.#addresses = new AddressBook(this.dataDir, options.basePort);
    this.#evaluator = new Evaluator({ addressBook: this.#addresses, print: options.onPrint });
    this.#sourceChanges = new SourceChanges({
      projectDir: options.projectDir,
      functionsOf: (file) => this.#functionsOf(file),
      update: (files) => this.update(files),
      onUpdate: options.onUpdate,
    });
    this.region = this.#stackConfig().config["aws:region"] ?? "us-east-1";
    this.#services = new Services({
      region: this.region,
      dataDir: this.dataDir,
      basePort: options.basePort,
      maxInstances: options.maxInstances,
      idleMs: options.idleMs,
      inspect: options.inspect,
      sageMakerEndpoints: options.sageMakerEndpoints,
      allowedHosts: options.allowedHosts,
      faults: options.faults,
      accessKeys: options.accessKeys,
      // A page could sign with a key that everyone knows.
      ownOriginsOnly: (options.accessKeys?.length ?? 0) > 0,
      // A request that follows a change of the sources is answered by the changed ones.
      ready: (functionName) => this.#sourceChanges.served(functionName),
      onRequest: (report) => this.#takeNotice(report),
      onLog: options.onLog,
      onAccessLog: options.onAccessLog,
      onDecision: options.onDecision,
    });
    this.#page = new PageServer({
      port: options.basePort + SERVICE_PORTS.page,
      secretFile: path.join(this.dataDir, "page.json"),
      allowedHosts: options.allowedHosts,
      log: (line) => console.error(line),
      stack: {
        name: options.stack,
        region: this.region,
        rootKey: this.rootKey,
        cloud: this.#services.cloud,
        resources: () => this.#declared.map((resource) => this.#live.get(resource.urn) ?? resource),
        report: (request) => this.#takeNotice(request),
        runScript: (name) => runProjectScript(name, { ...options, dataDir: this.dataDir }),
      },
    });
  }

  /**
   * Evaluates the program and serves it.
   *
   * @throws Error  A program that throws, a port in use, …: nothing runs then.
   */
  static async start(options: LocalCloudOptions): Promise<LocalCloud> {
    const cloud = new LocalCloud(options);
    try {
      await cloud.#services.start();
      await cloud.update();
      await cloud.#page.start();
      options.faults?.resume();
      await cloud.#services.resumeEvents();
    } catch (error) {
      await cloud.close();
      throw error;
    }
    return cloud;
  }

  /** The stack's outputs, as of the last evaluation. */
  get outputs(): Readonly<Record<string, unknown>> {
    return this.#outputs;
  }

  /**
   * Evaluates the program again and changes what changed. A program that throws changes nothing.
   *
   * @param files  Absolute paths of all that changed. @default anything may have
   */
  async update(files?: readonly string[]): Promise<Changes> {
    const { onStep, onResource, inspect } = this.#options;
    onStep?.("Evaluating the program");
    const { resources, outputs, sources } = await this.#declare(files);
    if (inspect !== undefined) requireFunction(inspect, resources);
    onStep?.(`Comparing ${resources.length} resources with what is there`);
    this.#options.faults?.suspend();
    try {
      const changes = await reconcile(resources, this.#live, this.#services.cloud, onResource);
      this.#declared = resources;
      this.#sources = sources;
      this.#outputs = { ...outputs, ...this.#services.outputs };
      return changes;
    } finally {
      this.#options.faults?.resume();
    }
  }

  /** Takes notice of a changed file: requests wait until the change is served, others than the file is for do not. */
  sourcesChanged(change: SourceChange): void {
    this.#sourceChanges.add(change);
  }

  /** Stops everything; no process is left behind. What is declared stays on disk as it is. */
  async close(): Promise<void> {
    this.#evaluator.close();
    await this.#page.close();
    await this.#services.close();
  }

  /** Address of the page, with the secret that its API asks for. */
  get pageAddress(): string {
    return this.#page.address;
  }

  /** The key by which the person at the machine signs requests. */
  get rootKey() {
    return this.#services.cloud.iam.rootKey;
  }

  /** The policies of each role, by its name. */
  get rolePolicies(): ReadonlyMap<string, readonly PolicyDocument[]> {
    return this.#services.cloud.iam.rolePolicies;
  }

  #takeNotice(report: RequestReport): void {
    this.#page.add(report);
    this.#options.onRequest?.(report);
  }

  #stackConfig() {
    const { projectDir, stack, config } = this.#options;
    return readStackConfig(projectDir, stack, { platform: "host", ...config });
  }

  #declare(files: readonly string[] | undefined): Promise<Declaration> {
    const request = {
      stackConfig: this.#stackConfig(),
      place: { region: this.region, accountId: ACCOUNT_ID },
    };
    return this.#evaluator.declare(request, { changed: files, keep: this.#options.isWatched });
  }

  /** The functions whose code the file is, and nothing else is made of. */
  #functionsOf(file: string): readonly string[] | undefined {
    const archives = Object.entries(this.#sources).filter(([, sources]) => sources.includes(file));
    if (archives.length === 0) return undefined;
    const paths = archives.map(([archive]) => archive);
    return this.#declared
      .filter(({ inputs }) =>
        paths.includes((inputs.code as Partial<ArchiveValue> | undefined)?.archive ?? ""),
      )
      .map(({ outputs }) => String(outputs.name));
  }
}
