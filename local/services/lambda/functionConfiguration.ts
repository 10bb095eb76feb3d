/** The source of a function's or layer's archive: a zip file or folder on this machine, or an object in S3. */
export type CodeSource = { readonly archive: string } | S3Object;

export interface S3Object {
  readonly s3Bucket: string;
  readonly s3Key: string;
  /** @default the current version */
  readonly s3ObjectVersion?: string;
}

/** A function's configuration, in Lambda's words; the part of it that a published version freezes. */
export interface FunctionConfiguration {
  readonly functionName: string;
  /** ARN of the execution role. */
  readonly role: string;
  /** `nodejs22.x`, `nodejs24.x`, … */
  readonly runtime: string;
  /** `file.export`, e.g. `index.handler`. */
  readonly handler: string;
  readonly code: CodeSource;
  /** Layer version ARNs, later ones over earlier ones. At most five. */
  readonly layers: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** MB. */
  readonly memorySize: number;
  /** Seconds. */
  readonly timeout: number;
  readonly fileSystem?: {
    /** ARN of an EFS access point. */
    readonly arn: string;
    readonly localMountPath: string;
    /** Each has to be in a zone with a mount target. */
    readonly subnetIds: readonly string[];
  };
  readonly logGroup: string;
  readonly logFormat: "Text" | "JSON";
  /** `TRACE` to `FATAL`; only with `logFormat: "JSON"`. */
  readonly applicationLogLevel?: string;
  /** @default "" */
  readonly description?: string;
  /** @default ["x86_64"] */
  readonly architectures?: readonly string[];
  /** MB. @default 512 */
  readonly ephemeralStorage?: number;
  /** @default "PassThrough" */
  readonly tracingMode?: string;
  readonly vpcConfig?: {
    readonly subnetIds: readonly string[];
    readonly securityGroupIds: readonly string[];
    readonly vpcId: string;
  };
  /** No part of what versions are counted by. */
  readonly tags?: Readonly<Record<string, string>>;
}
