import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ACCOUNT_ID } from "../cloud/accountId";
import { AddressBook, SERVICE_PORTS } from "../cloud/addressBook";
import type { Faults } from "../cloud/faults";
import { type Changes, type LiveResources, reconcile } from "../cloud/reconcile";
import { Services } from "../cloud/services";
import { PageServer } from "../page/pageServer";
import { type Declaration, declare } from "../program/declare";
import { readStackConfig } from "../program/stackConfig";
import type { AccessLogLine } from "../services/gateway/gatewayService";
import type { IssuedKey } from "../services/iam/accessKeyRing";
import type { AccessRequest, Decision } from "../services/iam/evaluatePolicy";
import type { PolicyDocument } from "../services/iam/policyDocument";
import type { LogLine } from "../services/lambda/invocation";
import type { RequestReport } from "../services/lambda/requestReport";
import { requireFunction } from "./requireFunction";
import { runProjectScript } from "./runProjectScript";
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

/** Editors write a file in several steps. */
const SETTLE_MS = 50;

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
  #declared: Declaration["resources"] = [];
  #outputs: Readonly<Record<string, unknown>> = {};
  #lastChange = 0;
  /** Since the last evaluation, by file. */
  readonly #changed = new Map<string, SourceChange["kind"]>();
  #updating: Promise<void> | undefined;

  private constructor(options: LocalCloudOptions) {
    this.#options = options;
    this.dataDir = options.dataDir ?? path.join(options.projectDir, ".paddock", "stacks", options.stack);
    fs.mkdirSync(this.dataDir, { recursive: true });
    this.#addresses = new AddressBook(this.dataDir, options.basePort);
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
      ready: () => this.#updating ?? Promise.resolve(),
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

  /** Evaluates the program again and changes what changed. A program that throws changes nothing. */
  async update(): Promise<Changes> {
    const { onStep, onResource, inspect } = this.#options;
    onStep?.("Evaluating the program");
    const { resources, outputs } = await this.#declare();
    if (inspect !== undefined) requireFunction(inspect, resources);
    onStep?.(`Comparing ${resources.length} resources with what is there`);
    this.#options.faults?.suspend();
    try {
      const changes = await reconcile(resources, this.#live, this.#services.cloud, onResource);
      this.#declared = resources;
      this.#outputs = { ...outputs, ...this.#services.outputs };
      return changes;
    } finally {
      this.#options.faults?.resume();
    }
  }

  /** Takes notice of a changed file: requests wait until the change is served. */
  sourcesChanged({ file, kind }: SourceChange): void {
    this.#lastChange = performance.now();
    this.#changed.set(file, kind);
    this.#updating ??= this.#updateWhenQuiet().finally(() => {
      this.#updating = undefined;
    });
  }

  /** Stops everything; no process is left behind. What is declared stays on disk as it is. */
  async close(): Promise<void> {
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

  async #updateWhenQuiet(): Promise<void> {
    let seen: number;
    do {
      for (let wait = SETTLE_MS; wait > 0; wait = this.#lastChange + SETTLE_MS - performance.now())
        await sleep(wait);
      seen = this.#lastChange;
      const files = this.#takeChanged();
      if (files.length === 0) continue;
      const result = await this.update().catch((error: Error) => error);
      this.#options.onUpdate?.(files, result);
    } while (this.#lastChange !== seen);
  }

  /** The files that were saved; editors save by way of temporary ones, which are gone again. */
  #takeChanged(): string[] {
    const { projectDir } = this.#options;
    const saved = [...this.#changed].filter(
      ([file, kind]) =>
        kind === "changed" || fs.existsSync(path.join(projectDir, file)) === (kind === "added"),
    );
    this.#changed.clear();
    return saved.map(([file]) => file);
  }

  #stackConfig() {
    const { projectDir, stack, config } = this.#options;
    return readStackConfig(projectDir, stack, { platform: "host", ...config });
  }

  #declare(): Promise<Declaration> {
    return declare(
      { stackConfig: this.#stackConfig(), place: { region: this.region, accountId: ACCOUNT_ID } },
      { addressBook: this.#addresses, print: this.#options.onPrint },
    );
  }
}
