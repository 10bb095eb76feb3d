import fs from "node:fs";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ACCOUNT_ID } from "../cloud/accountId";
import { AddressBook } from "../cloud/addressBook";
import type { Cloud } from "../cloud/cloud";
import { Services, type ServicesOptions } from "../cloud/services";
import type { Declared } from "../resources/declared";
import type { IssuedKey } from "../services/iam/accessKeyRing";
import { declaredByState } from "./declaredByState";
import { providerService } from "./providerService";
import { ResourceProvider, type ResourceProviderOptions } from "./resourceProvider";
import type { RestoreFailure } from "./restore";

export interface EngineCloudOptions
  extends Omit<ServicesOptions, "region" | "countVersions" | "ready">,
    Pick<ResourceProviderOptions, "typeOf"> {
  /** Folder of the project whose stacks are deployed here; relative paths of archives start there. */
  readonly projectDir: string;
  /** Everything of this local cloud: deployments, objects, volumes. */
  readonly dataDir: string;
  /** First of the ports that deployed resources listen on. */
  readonly basePort: number;
  /** @default us-east-1 */
  readonly region?: string;
}

/** Pulumi names a message as large as this as the most an engine sends. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** The local cloud for the real engine: empty, until the engine deploys to it through the provider served here. */
export class EngineCloud {
  readonly #services: Services;
  readonly #server: Server;
  readonly #provider: ResourceProvider;
  readonly #dataDir: string;

  private constructor(
    services: Services,
    /** The region that requests are signed for. */
    readonly region: string,
    server: Server,
    /** The provider's port, for `PULUMI_DEBUG_PROVIDERS`. */
    readonly providerPort: number,
    provider: ResourceProvider,
    dataDir: string,
    /** Resources that were deployed before and could not be made again. */
    readonly lost: readonly RestoreFailure[],
  ) {
    this.#services = services;
    this.#server = server;
    this.#provider = provider;
    this.#dataDir = dataDir;
  }

  /** Makes what the engine deployed before live again, and serves the provider on a free port of 127.0.0.1. */
  static async start({
    projectDir,
    basePort,
    region = "us-east-1",
    typeOf,
    ...options
  }: EngineCloudOptions): Promise<EngineCloud> {
    fs.mkdirSync(options.dataDir, { recursive: true });
    const services = new Services({ ...options, region, basePort, countVersions: true });
    const place = { region, accountId: ACCOUNT_ID };
    const provider = new ResourceProvider({
      cloud: services.cloud,
      place,
      addresses: new AddressBook(options.dataDir, basePort),
      dataDir: options.dataDir,
      root: projectDir,
      typeOf,
    });
    try {
      await services.start();
      const lost = await provider.restore();
      await services.resumeEvents();
      const server = new Server({ "grpc.max_receive_message_length": MAX_MESSAGE_BYTES });
      server.addService(ResourceProviderService, providerService(provider, place));
      const port = await bind(server);
      return new EngineCloud(services, region, server, port, provider, options.dataDir, lost);
    } catch (error) {
      await services.close();
      throw error;
    }
  }

  /** Type and logical name of the live resources, in the order they were made. */
  get live(): readonly string[] {
    return this.#provider.live.map(({ type, name }) => `${type} ${name}`);
  }

  /** Live resources as a program declares them, with what they depend on. */
  get resources(): readonly Declared[] {
    return declaredByState(this.#provider.live, this.#dataDir);
  }

  /** The services that are deployed to. */
  get cloud(): Cloud {
    return this.#services.cloud;
  }

  /** Addresses of the services themselves. */
  get outputs(): Readonly<Record<string, string>> {
    return this.#services.outputs;
  }

  /** The account's administrator's: signs requests to S3, and to what takes only signed ones. */
  get rootKey(): IssuedKey {
    return this.#services.cloud.iam.rootKey;
  }

  /** Stops everything; no process is left behind. What was deployed is live again at the next start. */
  async close(): Promise<void> {
    this.#server.forceShutdown();
    await this.#services.close();
  }
}

function bind(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}
