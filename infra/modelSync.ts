import { hash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { FailureBucket } from "./functionGrants";
import { InferenceFunction } from "./inferenceFunction";
import type { ModelVolume } from "./modelVolume";
import type { Network } from "./network";
import type { Operations } from "./operations/operations";
import type { ArtifactStore } from "./packaging/artifactStore";
import { packageFunction } from "./packaging/packageFunction";
import { readCard } from "./readCard";
import type { Settings } from "./settings";
import { findObjects, notifyOfUploads } from "./triggers/uploadNotification";

export interface ModelSyncArgs {
  readonly settings: Settings;
  readonly artifacts: ArtifactStore;
  readonly operations: Operations;
  readonly network: Network;
  readonly volume: ModelVolume;
  /** The bucket with the models. */
  readonly bucket: SourceBucket;
  /** The bucket for events of uploads that could not be copied. */
  readonly failures: FailureBucket;
}

interface SourceBucket {
  /** Name. */
  readonly bucket: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
}

/** Prefix of the models' keys in the bucket: `volume/<model>/<file>`, with the model's `card.json` beside its files. */
const PREFIX = "volume/";

/** Lambda's limit, in seconds; the next invocation resumes a copy that takes longer. */
const TIMEOUT = 900;

/** MB; network bandwidth grows with memory. */
const MEMORY_SIZE = 1769;

/** Seconds for which a replaced version is kept: instances that still read it look for a new one at each request. */
const VERSION_GRACE = 24 * 60 * 60;

/**
 * Copies models from the bucket to the volume, at deployment and when an upload changes one: a model is the files that
 * its `card.json` lists, verified by their SHA-256 and put in the old version's place in one step.
 */
export class ModelSync extends pulumi.ComponentResource {
  readonly function: InferenceFunction;

  readonly #name: string;
  readonly #bucket: pulumi.Output<string>;
  readonly #volume: ModelVolume;

  constructor(name: string, args: ModelSyncArgs, opts?: pulumi.ComponentResourceOptions) {
    super("paddock:index:ModelSync", name, {}, opts);
    const { settings, artifacts, operations, network, volume, failures } = args;
    const { bucket, arn } = args.bucket;
    this.#name = name;
    this.#bucket = bucket;
    this.#volume = volume;
    const child = { parent: this };
    const fileSystem = volume.mount("write");

    this.function = new InferenceFunction(
      name,
      {
        settings,
        artifacts,
        operations,
        description: "Copies models from the bucket to the file system",
        archive: packageFunction(name, "model-sync").archive,
        environment: {
          MODEL_BUCKET: bucket,
          MODEL_PREFIX: PREFIX,
          MODEL_VOLUME: fileSystem.localMountPath,
          VERSION_GRACE_SECONDS: String(VERSION_GRACE),
        },
        permissions: [
          { actions: ["s3:GetObject"], resources: [pulumi.interpolate`${arn}/${PREFIX}*`] },
          findObjects(arn, PREFIX),
        ],
        memorySize: MEMORY_SIZE,
        timeout: TIMEOUT,
        vpc: network.attachment,
        fileSystem,
        failures,
      },
      child,
    );
    notifyOfUploads(name, { source: args.bucket, function: this.function, prefix: PREFIX }, this);
    this.registerOutputs({ function: this.function.alias.arn });
  }

  /**
   * Uploads a model and has it copied before the deployment goes on; a copy that fails, fails the deployment, and the
   * old version goes on serving.
   *
   * @param model   Name of the model, and of its folder on the volume.
   * @param folder  Where its `model/card.json` and files are.
   */
  add(model: string, folder: string, parent: pulumi.Resource): void {
    const child = { parent };
    const bucket = this.#bucket;
    const card = path.join(folder, "model", "card.json");
    const upload = (file: string, dependsOn: pulumi.Resource[] = []) =>
      new aws.s3.BucketObjectv2(
        `${model}-${file.replaceAll("/", "-")}`,
        {
          bucket,
          key: `${PREFIX}${model}/${file}`,
          source: new pulumi.asset.FileAsset(path.join(folder, "model", file)),
        },
        { ...child, dependsOn },
      );
    const files = readCard(folder).files.map(({ path: file }) => upload(file));
    const uploaded = upload("card.json", files);
    const { alias } = this.function;
    new aws.lambda.Invocation(
      `${model}-${this.#name}`,
      {
        functionName: alias.functionName,
        qualifier: alias.name,
        input: JSON.stringify({ model }),
        triggers: {
          // The card holds the digest of every file.
          card: hash("sha256", fs.readFileSync(card)),
          fileSystem: this.#volume.fileSystemId,
        },
      },
      { ...child, dependsOn: [uploaded, ...files] },
    );
  }
}
