import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { readCard } from "../readCard";
import type { ModelFiles } from "./modelFiles";
import { modelLimit } from "./modelLimit";
import type { ModelOwner } from "./modelOwner";
import { stackAliases } from "./stackAliases";
import { verifyModel } from "./verifyModel";

const MIB = 1024 * 1024;

/**
 * Models that are objects of the model bucket, loaded when they are asked for: what is uploaded is served, without a
 * deployment. The stack puts there what `functions/<name>/model/card.json` lists, each file under its own path.
 */
export interface S3Source {
  readonly source: "s3";
  /** Prefixes of the models' keys, for example `breeds/`: the function can read and list only these. */
  readonly prefixes: readonly string[];
  /** Environment variable that gets the bucket's name. @default "MODEL_BUCKET" */
  readonly bucketVariable?: string;
  /** Environment variable that gets the key of the default model. @default no default model */
  readonly keyVariable?: string;
  /** Key of the default model. @default the card's first file */
  readonly key?: string;
}

/** Uploads the endpoint's own models, and lets its function read all models below its prefixes. */
export function s3Source(
  { prefixes, bucketVariable = "MODEL_BUCKET", keyVariable, key: defaultKey }: S3Source,
  { name, folder, shared, memorySize, parent }: ModelOwner,
): ModelFiles {
  const files = verifyModel(folder);
  const models = shared.modelBucket();
  // Metadata that records the result of `npm run model -- compare`.
  const { evaluator } = readCard(folder);
  for (const file of files) {
    const metadata = evaluator?.files.includes(file) ? { evaluator: evaluator.mark } : undefined;
    models.upload(name, file, path.join(folder, "model", file), parent, metadata);
  }
  for (const [key, file] of stackAliases(folder, shared.settings.stack))
    models.upload(name, key, file, parent);

  const key = defaultKey ?? files[0];
  const readable = [...prefixes.map((prefix) => `${prefix}*`), ...(keyVariable ? [key] : [])];
  return {
    files: {},
    environment: {
      [bucketVariable]: models.bucket,
      ...(keyVariable && { [keyVariable]: key }),
      MODEL_CHECK_SECONDS: String(shared.settings.modelCheckSeconds),
      MODEL_CACHE_MB: String(modelLimit(memorySize) / MIB),
    },
    modelLimit: modelLimit(memorySize),
    permissions: [
      {
        actions: ["s3:GetObject"],
        resources: readable.map((each) => pulumi.interpolate`${models.arn}/${each}`),
      },
      {
        // Without this permission S3 responds with 403, not 404, for a missing model.
        actions: ["s3:ListBucket"],
        resources: [models.arn],
        condition: { StringLike: { "s3:prefix": readable } },
      },
    ],
  };
}
