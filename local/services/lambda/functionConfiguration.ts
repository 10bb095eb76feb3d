/** Where a function's or layer's archive comes from: a zip file or folder on this machine, or an object in S3. */
export type CodeSource = { readonly archive: string } | { readonly s3Bucket: string; readonly s3Key: string };

/** What is configured of a function, in Lambda's words; the part of it that a published version freezes. */
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
  /** `arn` is an EFS access point's. */
  readonly fileSystem?: { readonly arn: string; readonly localMountPath: string };
  readonly logGroup: string;
  readonly logFormat: "Text" | "JSON";
  /** `TRACE` to `FATAL`; only with `logFormat: "JSON"`. */
  readonly applicationLogLevel?: string;
}
