import fs from "node:fs";
import path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { NODEJS_RUNTIME } from "./nodejsRuntime";
import { type ArtifactStore, codeOf } from "./packaging/artifactStore";
import { NATIVE_MODULE, ONNXRUNTIME_DIR } from "./packaging/onnxRuntimeJavaScript";
import { readFolder } from "./packaging/readFolder";
import { sharpFiles } from "./packaging/sharpFiles";
import { writeArchive } from "./packaging/writeArchive";
import type { Platform } from "./platform";

type Library = "onnxruntime" | "sharp";

export interface RuntimeLayerArgs {
  /** The library in it, for one platform only. */
  readonly library: Library;
  /** The platform its functions run on. */
  readonly platform: Platform;
  /** The bucket for archives over Lambda's limit for a direct upload. */
  readonly artifacts: ArtifactStore;
}

const LIBRARIES = {
  /** Its JavaScript is bundled with each function. About 10 MB zipped for arm64, 17 MB for x86_64. */
  onnxruntime: { label: "ONNX Runtime", formerType: "OnnxRuntimeLayer", files: onnxRuntimeFiles },
  /** Decodes images. */
  sharp: {
    label: "sharp",
    formerType: "SharpLayer",
    files: (platform: Platform) => sharpFiles(platform, "nodejs/"),
  },
} as const;

/**
 * A library with native files as a Lambda layer, from the package that `npm ci` installed: nothing is compiled, and a
 * function's own archive stays small and quickly packed.
 */
export class RuntimeLayer extends pulumi.ComponentResource {
  /** ARN of the layer's version. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: RuntimeLayerArgs, opts?: pulumi.ComponentResourceOptions) {
    const { library, platform, artifacts } = args;
    const { label, formerType, files } = LIBRARIES[library];
    // Each library had its own class in stacks that are already deployed.
    const aliases = [{ type: `paddock:index:${formerType}` }];
    super("paddock:index:RuntimeLayer", name, args, pulumi.mergeOptions(opts, { aliases }));
    const layer = new aws.lambda.LayerVersion(
      name,
      {
        // A stack's name may have dots, a layer's may not.
        layerName: `${pulumi.getProject()}-${pulumi.getStack()}-${name}`.replaceAll(".", "-"),
        description: `${label} for ${platform.os}/${platform.cpu}`,
        compatibleRuntimes: [NODEJS_RUNTIME],
        compatibleArchitectures: [platform.architecture],
        ...codeOf(name, writeArchive(name, files(platform)), artifacts, this),
      },
      { parent: this },
    );
    this.arn = layer.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

/** ONNX Runtime's native part. */
function onnxRuntimeFiles(platform: Platform) {
  return {
    ...readFolder(nativeFolder(platform), `nodejs/node_modules/${NATIVE_MODULE}/`),
    [`nodejs/node_modules/${NATIVE_MODULE}/package.json`]: Buffer.from(
      JSON.stringify({ name: NATIVE_MODULE, main: "onnxruntime_binding.node" }),
    ),
  };
}

function nativeFolder({ os, cpu }: Platform): string {
  const bin = path.join(ONNXRUNTIME_DIR, "bin");
  const napi = fs.readdirSync(bin).find((entry) => entry.startsWith("napi-"));
  const folder = path.join(bin, napi ?? "", os, cpu);
  if (napi === undefined || !fs.existsSync(folder)) {
    throw new Error(
      `onnxruntime-node has no build for ${os}/${cpu}: use Linux, macOS on Apple silicon or Windows (docs/local-cloud.md, "Platforms").`,
    );
  }
  return folder;
}
