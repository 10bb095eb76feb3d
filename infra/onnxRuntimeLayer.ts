import fs from "node:fs";
import path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { NODEJS_RUNTIME } from "./nodejsRuntime";
import { type ArtifactStore, codeOf } from "./packaging/artifactStore";
import { NATIVE_MODULE, ONNXRUNTIME_DIR } from "./packaging/onnxRuntimeJavaScript";
import { readFolder } from "./packaging/readFolder";
import { writeArchive } from "./packaging/writeArchive";
import type { Platform } from "./platform";

export interface OnnxRuntimeLayerArgs {
  /** The platform its functions run on; the layer holds the native files of that one alone. */
  readonly platform: Platform;
  /** Where archives over Lambda's limit for a direct upload go. */
  readonly artifacts: ArtifactStore;
}

/**
 * ONNX Runtime's native part as a Lambda layer, from the onnxruntime-node that `npm ci` installed: nothing is
 * compiled or downloaded. Its JavaScript is bundled with each function. About 10 MB zipped for arm64, 17 MB for x86_64.
 */
export class OnnxRuntimeLayer extends pulumi.ComponentResource {
  /** ARN of the layer's version. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: OnnxRuntimeLayerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("paddock:index:OnnxRuntimeLayer", name, args, opts);
    const { platform, artifacts } = args;
    const native = nativeFolder(platform);

    const archive = writeArchive(name, {
      ...readFolder(native, `nodejs/node_modules/${NATIVE_MODULE}/`),
      [`nodejs/node_modules/${NATIVE_MODULE}/package.json`]: Buffer.from(
        JSON.stringify({ name: NATIVE_MODULE, main: "onnxruntime_binding.node" }),
      ),
    });
    const layer = new aws.lambda.LayerVersion(
      name,
      {
        layerName: `${pulumi.getProject()}-${pulumi.getStack()}-${name}`,
        description: `ONNX Runtime for ${platform.os}/${platform.cpu}`,
        compatibleRuntimes: [NODEJS_RUNTIME],
        compatibleArchitectures: [platform.architecture],
        ...codeOf(name, archive, artifacts, this),
      },
      { parent: this },
    );
    this.arn = layer.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

/** Folder of onnxruntime-node's native files for a platform. */
function nativeFolder({ os, cpu }: Platform): string {
  const bin = path.join(ONNXRUNTIME_DIR, "bin");
  const napi = fs.readdirSync(bin).find((entry) => entry.startsWith("napi-"));
  const folder = path.join(bin, napi ?? "", os, cpu);
  if (napi === undefined || !fs.existsSync(folder)) {
    throw new Error(
      `onnxruntime-node has no build for ${os}/${cpu}: set \`paddock:platform\` to lambda, or use a machine it is built for.`,
    );
  }
  return folder;
}
