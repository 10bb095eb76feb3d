import fs from "node:fs";
import path from "node:path";
import type { S3ClientConfig } from "@aws-sdk/client-s3";
import type { RunningCloud } from "@paddock/local/running";

/** How to reach the stack's S3: settings of the SDK's client. */
export type S3Access = Pick<S3ClientConfig, "endpoint" | "region" | "credentials">;

/**
 * S3 of the local cloud, by its root user's key, where one is given; else AWS's, by the SDK's own settings (profile,
 * environment).
 */
export function s3AccessOf(dataDir: string, local: RunningCloud | undefined): S3Access {
  if (local === undefined) return {};
  return {
    endpoint: String(local.outputs.s3Endpoint),
    region: local.region,
    credentials: administratorKey(dataDir),
  };
}

/** The key that the local cloud keeps in its data folder. */
export function administratorKey(dataDir: string): {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
} {
  return JSON.parse(fs.readFileSync(path.join(dataDir, "iam", "root.json"), "utf8"));
}
