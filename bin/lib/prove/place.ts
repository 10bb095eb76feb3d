import fs from "node:fs";
import path from "node:path";
import { EngineCloud, engineEnvironment } from "@paddock/local/engine";
import type { ProvenStack } from "./provenStack";

/** The place that a run deploys its stacks to. */
export interface PlaceOfProof {
  /** E.g. `AWS, eu-central-1`. */
  readonly name: string;
  readonly region: string;
  readonly access: ProvenStack["access"];
  readonly lambdaEndpoint: string;
  /** Folder of what a run keeps here. */
  readonly workDir: string;
  /** The `pulumi` command's environment, over this process's own. */
  readonly env: Readonly<Record<string, string>>;
  /** Settings of the program, over those of a run. */
  readonly settings: Readonly<Record<string, unknown>>;
  close(): Promise<void>;
}

/** The user's own account, by their Pulumi login and AWS credentials. */
export function awsPlace(region: string, workDir: string): PlaceOfProof {
  return {
    name: `AWS, ${region}`,
    region,
    access: { region },
    lambdaEndpoint: `https://lambda.${region}.amazonaws.com`,
    workDir: path.join(workDir, `aws-${region}`),
    env: {},
    settings: {},
    close: async () => undefined,
  };
}

/** A local cloud of this process's own, which the real engine deploys to; nothing is in it yet. */
export async function localPlace(workDir: string, basePort: number): Promise<PlaceOfProof> {
  const dataDir = path.join(workDir, "local");
  // A local cloud that was killed has nothing worth keeping, and its stacks are in this folder.
  fs.rmSync(dataDir, { recursive: true, force: true });
  const cloud = await EngineCloud.start({ projectDir: process.cwd(), dataDir, basePort });
  const { region, outputs, rootKey, providerPort } = cloud;
  return {
    name: "the local cloud",
    region,
    access: { region, endpoint: outputs.s3Endpoint, credentials: rootKey },
    lambdaEndpoint: String(outputs.lambdaEndpoint),
    workDir: dataDir,
    env: engineEnvironment(dataDir, providerPort),
    settings: { platform: "host" },
    close: () => cloud.close(),
  };
}
