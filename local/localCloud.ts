import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AddressBook, SERVICE_PORTS } from "./addressBook";
import type { Cloud } from "./cloud";
import { GatewayService } from "./gateway/gatewayService";
import type { RequestReport } from "./gateway/requestReport";
import { AccessKeyRing } from "./iam/accessKeyRing";
import type { LogLine } from "./lambda/invocation";
import { LambdaService } from "./lambda/lambdaService";
import { type Declaration, declare } from "./program/declare";
import { readStackConfig } from "./program/stackConfig";
import { type Changes, reconcile, type Standing } from "./reconcile";
import { S3Service } from "./s3/s3Service";

export interface LocalCloudOptions {
  /** Folder with `Pulumi.yaml`. */
  readonly projectDir: string;
  /** Whose `Pulumi.<stack>.yaml` is read. */
  readonly stack: string;
  /** Settings over those of the stack's file. @default packages for this machine */
  readonly config?: Readonly<Record<string, string>>;
  /** REST API at this port, the services behind it, function URLs from the tenth. */
  readonly basePort: number;
  /** What outlives a restart: objects, volumes, ports. @default `.paddock/stacks/<stack>` in the project */
  readonly dataDir?: string;
  /** Instances of one function at a time. @default the number of cores */
  readonly maxInstances?: number;
  /** ms after which an idle instance ends. @default 300000 */
  readonly idleMs?: number;
  /** After a change of the sources ({@link LocalCloud.sourcesChanged}): what changed, or why nothing did. */
  onUpdate?(file: string, result: Changes | Error): void;
  onRequest?(report: RequestReport): void;
  onLog?(line: LogLine): void;
}

/** Where the local cloud stands in for AWS: the account that AWS's own documentation uses, and the region it asks for. */
const ACCOUNT_ID = "123456789012";

/** Editors write a file in several steps. */
const SETTLE_MS = 50;

/** The local cloud: serves on this machine what the program declares, and nothing else. */
export class LocalCloud {
  readonly dataDir: string;
  readonly #options: LocalCloudOptions;
  readonly #addresses: AddressBook;
  readonly #standing: Standing = new Map();
  readonly #region: string;
  readonly #cloud: Cloud;
  #outputs: Readonly<Record<string, unknown>> = {};
  #lastChange = 0;
  #updating: Promise<void> | undefined;

  private constructor(options: LocalCloudOptions) {
    this.#options = options;
    this.dataDir = options.dataDir ?? path.join(options.projectDir, ".paddock", "stacks", options.stack);
    fs.mkdirSync(this.dataDir, { recursive: true });
    this.#addresses = new AddressBook(this.dataDir, options.basePort);
    this.#region = this.#stackConfig().config["aws:region"] ?? "us-east-1";
    const place = { region: this.#region, accountId: ACCOUNT_ID };
    const root = `arn:aws:iam::${ACCOUNT_ID}:root`;
    const accessKeys = new AccessKeyRing(path.join(this.dataDir, "iam", "root.json"), root);
    const lambda = new LambdaService({
      ...place,
      dataDir: path.join(this.dataDir, "lambda"),
      maxInstances: options.maxInstances,
      idleMs: options.idleMs,
      endpoints: () => ({ AWS_ENDPOINT_URL_S3: s3.endpoint }),
      credentials: (roleArn) => accessKeys.issue(roleArn),
      readObject: (bucket, key) => s3.readObject(bucket, key),
      onLog: options.onLog,
    });
    const gateway = new GatewayService({
      ...place,
      lambda,
      // A request that follows a change of the sources is answered by the changed ones.
      ready: () => this.#updating ?? Promise.resolve(),
      onRequest: options.onRequest,
    });
    const s3 = new S3Service({
      ...place,
      accessKeys,
      // Only the root user's, until the roles' own policies are asked.
      authorize: ({ principal }) => (principal === root ? "allowed" : "implicitDeny"),
      invoke: async (functionArn, event) => {
        const payload = Buffer.from(JSON.stringify(event));
        await lambda.invoke(functionArn, undefined, payload, { invocationType: "Event" });
      },
      log: (line) => console.error(line),
    });
    this.#cloud = { lambda, gateway, s3 };
  }

  /**
   * Evaluates the program and serves it.
   *
   * @throws Error  A program that throws, a port in use, …: nothing runs then.
   */
  static async start(options: LocalCloudOptions): Promise<LocalCloud> {
    const cloud = new LocalCloud(options);
    try {
      await cloud.#startServices();
      await cloud.update();
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
    const { resources, outputs } = await this.#declare();
    const changes = await reconcile(resources, this.#standing, this.#cloud);
    this.#outputs = outputs;
    return changes;
  }

  /** Takes notice of a changed file: requests wait until the change is served. */
  sourcesChanged(file: string): void {
    this.#lastChange = performance.now();
    this.#updating ??= this.#updateWhenQuiet(file).finally(() => {
      this.#updating = undefined;
    });
  }

  /** Stops everything; no process is left behind. What is declared stays on disk as it is. */
  async close(): Promise<void> {
    await this.#cloud.gateway.close();
    await this.#cloud.s3.close();
    await this.#cloud.lambda.close();
  }

  async #startServices(): Promise<void> {
    const { basePort } = this.#options;
    await this.#cloud.s3.start(basePort + SERVICE_PORTS.s3, path.join(this.dataDir, "s3"));
  }

  async #updateWhenQuiet(file: string): Promise<void> {
    let seen: number;
    do {
      for (let wait = SETTLE_MS; wait > 0; wait = this.#lastChange + SETTLE_MS - performance.now())
        await sleep(wait);
      seen = this.#lastChange;
      const result = await this.update().catch((error: Error) => error);
      this.#options.onUpdate?.(file, result);
    } while (this.#lastChange !== seen);
  }

  #stackConfig() {
    const { projectDir, stack, config } = this.#options;
    return readStackConfig(projectDir, stack, { platform: "host", ...config });
  }

  /** Addresses stand in the outputs, so resources that ask for one for the first time take a second evaluation. */
  async #declare(): Promise<Declaration> {
    const request = {
      stackConfig: this.#stackConfig(),
      place: { region: this.#region, accountId: ACCOUNT_ID },
    };
    const first = await declare({ ...request, addresses: this.#addresses.addresses });
    if (first.unaddressed.length === 0) return first;
    this.#addresses.assign(first.unaddressed);
    return declare({ ...request, addresses: this.#addresses.addresses });
  }
}
