import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  type FunctionConfiguration,
  LambdaService,
  type LambdaServiceOptions,
  type LogLine,
} from "@paddock/local/lambda";
import { removeFolder } from "../process/removeFolder";
import { type ZippedFile, zipFunction } from "./zipFunction";

/** The options that a service needs besides its folder, if a test asks nothing of S3, EFS and IAM. */
export const lambdaOptions = {
  region: "eu-west-1",
  accountId: "123456789012",
  endpoints: () => ({}),
  credentials: () => ({ accessKeyId: "key", secretAccessKey: "secret", sessionToken: "token" }),
  fileSystems: { checkMount: () => {}, folderOf: () => "" },
  vpcOf: () => undefined,
  readObject: async ({ s3Bucket, s3Key }: { s3Bucket: string; s3Key: string }): Promise<Buffer> => {
    throw new Error(`this test has no s3://${s3Bucket}/${s3Key}`);
  },
  records: { check: async () => {}, put: async () => {} },
} satisfies Partial<LambdaServiceOptions>;

/** A Lambda service of its own for a test, in a temporary folder that `close` removes. */
export interface TemporaryLambda extends LambdaTools {
  readonly service: LambdaService;
  readonly dataDir: string;
  readonly log: LogLine[];
  close(): Promise<void>;
}

/** A Lambda service for tests. */
export interface LambdaTools {
  /** Deploys a function from source text (its `index.js`) or files. */
  deploy(
    functionName: string,
    source: string | Record<string, ZippedFile>,
    settings?: Partial<FunctionConfiguration> & { publish?: boolean; reservedConcurrentExecutions?: number },
  ): Promise<void>;
  /** Invokes synchronously with a JSON event; gives the parsed answer. */
  call(functionName: string, event?: unknown): Promise<unknown>;
}

export function temporaryLambda(options: Partial<LambdaServiceOptions> = {}): TemporaryLambda {
  const dataDir = mkdtempSync(path.join(tmpdir(), "paddock-test-"));
  const log: LogLine[] = [];
  const service = new LambdaService({
    ...lambdaOptions,
    dataDir,
    onLog: (line) => log.push(line),
    ...options,
  });
  return {
    service,
    dataDir,
    log,
    ...lambdaTools(service, dataDir),
    async close() {
      await service.close();
      removeFolder(dataDir);
    },
  };
}

export function lambdaTools(service: LambdaService, dataDir: string): LambdaTools {
  return {
    async deploy(functionName, source, { publish, reservedConcurrentExecutions, ...settings } = {}) {
      const files = typeof source === "string" ? { "index.js": source } : source;
      const archive = path.join(dataDir, "archives", `${randomBytes(6).toString("hex")}.zip`);
      await zipFunction(archive, files);
      await service.putFunction(
        {
          functionName,
          role: "arn:aws:iam::123456789012:role/test",
          runtime: "nodejs22.x",
          handler: "index.handler",
          code: { archive },
          layers: [],
          environment: {},
          memorySize: 256,
          timeout: 60,
          logGroup: `/aws/lambda/${functionName}`,
          logFormat: "Text",
          ...settings,
        },
        { publish },
      );
      service.putReservedConcurrency(functionName, reservedConcurrentExecutions);
    },
    async call(functionName, event = {}) {
      const result = await service.invoke(functionName, undefined, Buffer.from(JSON.stringify(event)));
      return JSON.parse(result.payload.toString("utf8"));
    },
  };
}
