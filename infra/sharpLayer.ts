import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { NODEJS_RUNTIME } from "./nodejsRuntime";
import { type ArtifactStore, codeOf } from "./packaging/artifactStore";
import { sharpFiles } from "./packaging/sharpFiles";
import { writeArchive } from "./packaging/writeArchive";
import type { Platform } from "./platform";

export interface SharpLayerArgs {
  /** The platform its functions run on. */
  readonly platform: Platform;
  /** Where archives over Lambda's limit for a direct upload go. */
  readonly artifacts: ArtifactStore;
}

/** sharp, which decodes pictures, as a Lambda layer: a function's own archive stays small and quickly packed. */
export class SharpLayer extends pulumi.ComponentResource {
  /** ARN of the layer's version. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: SharpLayerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("paddock:index:SharpLayer", name, args, opts);
    const { platform, artifacts } = args;
    const layer = new aws.lambda.LayerVersion(
      name,
      {
        layerName: `${pulumi.getProject()}-${pulumi.getStack()}-${name}`,
        description: `sharp for ${platform.os}/${platform.cpu}`,
        compatibleRuntimes: [NODEJS_RUNTIME],
        compatibleArchitectures: [platform.architecture],
        ...codeOf(name, writeArchive(name, sharpFiles(platform, "nodejs/")), artifacts, this),
      },
      { parent: this },
    );
    this.arn = layer.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
