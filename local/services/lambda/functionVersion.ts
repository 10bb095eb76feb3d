import type { FunctionConfiguration } from "./functionConfiguration";

/** `$LATEST` or a published version of a function: its configuration and the folders its archives were unpacked to. */
export interface FunctionVersion {
  readonly configuration: FunctionConfiguration;
  /** `$LATEST` or a number. */
  readonly version: string;
  /** Base64, as AWS gives it. */
  readonly codeSha256: string;
  /** Bytes of the archive. */
  readonly codeSize: number;
  /** `2026-01-02T03:04:05.000+0000` */
  readonly lastModified: string;
  /** Changes when code, layers or configuration change. */
  readonly digest: string;
  /** The folder that is `/var/task` on Lambda. */
  readonly taskRoot: string;
  /** The folder that is `/opt` on Lambda; absent without layers. */
  readonly optFolder?: string;
}
