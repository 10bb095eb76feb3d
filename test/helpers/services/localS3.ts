import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { type AccessKey, evaluatePolicy, readPolicy } from "@paddock/local/iam";
import { type S3Event, S3Service } from "@paddock/local/s3";
import { removeFolder } from "../process/removeFolder";

const ACCOUNT_ID = "123456789012";
export const rootKey: AccessKey = {
  principal: `arn:aws:iam::${ACCOUNT_ID}:root`,
  userArn: `arn:aws:iam::${ACCOUNT_ID}:root`,
  userId: ACCOUNT_ID,
  secretAccessKey: "root-secret",
};
export const roleKey: AccessKey = {
  principal: `arn:aws:iam::${ACCOUNT_ID}:role/reader`,
  userArn: `arn:aws:sts::${ACCOUNT_ID}:assumed-role/reader/session`,
  userId: "AROAREADER:session",
  secretAccessKey: "role-secret",
  sessionToken: "role-session",
};

/** A local S3 on a free port and a folder of its own, with one bucket; what it invokes and logs is kept. */
export class LocalS3 {
  readonly invoked: { readonly functionArn: string; readonly event: S3Event }[] = [];
  readonly logged: string[] = [];
  failInvocations = false;
  /** Injected faults of every request. */
  fault: { readonly kind?: "fail" | "cut"; readonly delayMs?: number } = {};
  /** Statements of the role's policy. */
  rolePolicy: readonly object[] = [];
  /** Stops the clock where it is set. */
  now: Date | undefined;
  service: S3Service;
  endpoint = "";
  readonly #clients: S3Client[] = [];
  readonly #region: string;

  private constructor(
    readonly folder: string,
    region: string,
  ) {
    this.#region = region;
    this.service = this.#newService();
  }

  static async start(bucket = "bucket", region = "eu-central-1"): Promise<LocalS3> {
    const s3 = new LocalS3(await mkdtemp(join(tmpdir(), "local-s3-")), region);
    await s3.#open();
    await s3.service.createBucket(bucket);
    return s3;
  }

  /** Stops and starts over the same folder, as `npm start` does. */
  async restart(): Promise<void> {
    await this.service.close();
    this.service = this.#newService();
    await this.#open();
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    await this.service.close();
    removeFolder(this.folder);
  }

  /** The real SDK, as root unless another key is given. */
  client(config: S3ClientConfig = {}): S3Client {
    const client = new S3Client({
      endpoint: this.endpoint,
      region: "eu-central-1",
      forcePathStyle: true,
      credentials: credentials("ROOT", rootKey),
      maxAttempts: 1,
      systemClockOffset: this.now ? this.now.getTime() - Date.now() : 0,
      ...config,
    });
    this.#clients.push(client);
    return client;
  }

  /** The SDK as a role with these statements. */
  clientOfRole(...statements: readonly object[]): S3Client {
    this.rolePolicy = statements;
    return this.client({ credentials: credentials("ROLE", roleKey) });
  }

  #newService(): S3Service {
    const fault = () => this.fault;
    return new S3Service({
      faults: {
        get delayMs() {
          return fault().delayMs ?? 0;
        },
        happens: (kind) => kind === fault().kind,
      },
      region: this.#region,
      accountId: ACCOUNT_ID,
      accessKeys: { lookup: (id) => ({ ROOT: rootKey, ROLE: roleKey })[id] },
      authorize: (request) =>
        request.principal === rootKey.principal
          ? "allowed"
          : evaluatePolicy([readPolicy({ Version: "2012-10-17", Statement: this.rolePolicy })], request),
      invoke: async (functionArn, event) => {
        if (this.failInvocations) throw new Error("no such function");
        this.invoked.push({ functionArn, event });
      },
      log: (line) => this.logged.push(line),
      now: () => this.now ?? new Date(),
    });
  }

  async #open(): Promise<void> {
    await this.service.start(0, join(this.folder, "s3"));
    this.endpoint = this.service.endpoint;
  }
}

function credentials(accessKeyId: string, { secretAccessKey, sessionToken }: AccessKey) {
  return { accessKeyId, secretAccessKey, sessionToken };
}

/** The rejection of an SDK call, as far as S3 sent it. */
export async function rejection(
  call: Promise<unknown>,
): Promise<{ code: string; status: number | undefined }> {
  try {
    await call;
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
    return { code: name, status: $metadata?.httpStatusCode };
  }
  throw new Error("The call was not rejected.");
}
