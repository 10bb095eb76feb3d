import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { BuildOptions } from "esbuild";
import { buildOnce } from "./bundleCache";
import { NATIVE_MODULE, onnxRuntimeJavaScript } from "./onnxRuntimeJavaScript";
import { PROJECT_ROOT } from "./paths";
import { shakeableClient } from "./shakeableClient";
import type { ArchiveFiles } from "./writeArchive";

interface LazyFile {
  readonly entry: string;
  readonly users: readonly string[];
  readonly options?: () => OwnOptions;
}

type OwnOptions = Pick<BuildOptions, "alias" | "external" | "minifyIdentifiers" | "supported">;

/** Options that more than halve the time in which a client of the AWS SDK is loaded. */
function awsSdk(client: string): OwnOptions {
  return {
    alias: {
      [client]: shakeableClient(client),
      // The SDK's chain of credential providers is a quarter of its code; Lambda needs one.
      "@aws-sdk/credential-provider-node": "./functions/shared/environmentCredentials.ts",
      "@smithy/core/event-streams": "./functions/shared/noEventStreams.ts",
    },
    // A plain `require` of Node.js's own modules: `import` starts the loader of ES modules.
    supported: { "dynamic-import": false },
  };
}

/**
 * Source that functions load when first needed, as a file of its own beside the bundle. At start the AWS SDK would double
 * the cold start. Its clients share most of their code, yet each is a file: most functions need one only.
 */
const LAZY_FILES: readonly LazyFile[] = [
  // Code that one kind of model or request needs, and that would be read by V8 at every cold start.
  {
    entry: "functions/shared/evaluator/evaluator.ts",
    users: ["functions/shared/evaluator/lazyEvaluator.ts"],
  },
  {
    entry: "functions/shared/modelStore/readArchive.ts",
    users: ["functions/shared/modelStore/lazyArchive.ts"],
  },
  {
    entry: "functions/shared/modelStore/conversion.ts",
    users: ["functions/shared/modelStore/lazyConversion.ts"],
  },
  { entry: "functions/shared/describeOperation.ts", users: ["functions/shared/jsonEndpoint.ts"] },
  {
    entry: "functions/open-inference/describeRepository.ts",
    users: ["functions/open-inference/index.ts"],
  },
  {
    entry: "functions/shared/s3Client.ts",
    users: ["functions/shared/s3.ts"],
    options: () => awsSdk("@aws-sdk/client-s3"),
  },
  {
    entry: "functions/shared/sageMakerClient.ts",
    users: ["functions/shared/sageMakerRuntime.ts"],
    options: () => awsSdk("@aws-sdk/client-sagemaker-runtime"),
  },
  {
    entry: "functions/shared/lambdaClient.ts",
    users: ["functions/shared/lambda.ts"],
    options: () => awsSdk("@aws-sdk/client-lambda"),
  },
  {
    entry: "functions/smoke-segmentation/geoTiff/geoTiffLibrary.ts",
    users: ["functions/smoke-segmentation/geoTiff/loadGeoTiffLibrary.ts"],
    // Decoders that are replaced, or of compressions that are rejected: four fifths of the library.
    options: () => ({ external: ["lerc", "pako", "zstddec", "zstddec/stream"] }),
  },
];

/** Modules that are not bundled: native, so packaged as they are, in a layer or beside the bundle. */
const SHARP = "sharp";
const NATIVE_MODULES = [NATIVE_MODULE, SHARP];

export interface Bundle {
  readonly files: ArchiveFiles;
  /** Source maps by `<file>.map`: written beside the archive, never deployed. */
  readonly maps: ArchiveFiles;
  /** Whether the function loads sharp, which needs a layer. */
  readonly usesSharp: boolean;
  /** The sources that are in the files, relative to the project. */
  readonly inputs: readonly string[];
}

/**
 * Bundles a function's TypeScript: `index.js` at the archive's root, and what it loads later beside it.
 *
 * @param folder  Absolute folder whose `index.ts` exports `handler`.
 * @param cache   Folder of earlier bundles. @default the project's
 * @throws Error  esbuild's own messages, where the source has a mistake.
 */
export function bundleFunction(folder: string, cache?: string): Bundle {
  const entry = path.join(folder, "index.ts");
  // Stack traces name its functions. `keepNames` would do that for short names, too, by a call for each function that is
  // made: a sixth of what a handler does for a request, and more of what loading a client of the AWS SDK takes.
  const { files, maps, inputs, externals } = bundle(entry, "index.js", { minifyIdentifiers: false }, cache);
  const loaded = LAZY_FILES.filter(({ users }) => users.some((user) => inputs.includes(user)));
  const lazy = loaded.map(({ entry, options }) =>
    bundle(path.join(PROJECT_ROOT, entry), `${path.basename(entry, ".ts")}.js`, options?.(), cache),
  );
  return {
    files: Object.assign(files, ...lazy.map((each) => each.files)),
    maps,
    usesSharp: externals.includes(SHARP),
    inputs: [...inputs, ...lazy.flatMap((each) => each.inputs)],
  };
}

function bundle(entry: string, outfile: string, own: OwnOptions = {}, cache?: string) {
  if (!fs.existsSync(entry)) {
    throw new Error(
      `There is no ${path.relative(PROJECT_ROOT, entry)}: an endpoint's name is its folder in functions/.`,
    );
  }
  const options = {
    absWorkingDir: PROJECT_ROOT,
    outfile,
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    minifyIdentifiers: true,
    sourcemap: "external",
    sourcesContent: false,
    sourceRoot: `${pathToFileURL(PROJECT_ROOT).href}/`,
    platform: "node",
    // The older of Lambda's runtime and the Node.js that runs the local cloud.
    target: "node20",
    // CommonJS: modules of a layer are found by NODE_PATH, which Node.js ignores for ES modules.
    format: "cjs",
    mainFields: ["module", "main"],
    legalComments: "none",
    logLevel: "silent",
    ...own,
    alias: { "onnxruntime-node": onnxRuntimeJavaScript(), ...own.alias },
    external: [...NATIVE_MODULES, ...(own.external ?? [])],
  } as const satisfies BuildOptions;
  const { outputs, inputs, externals } = buildOnce(entry, options, cache);
  const isMap = ([name]: readonly [string, unknown]) => name.endsWith(".map");
  return {
    files: Object.fromEntries(Object.entries(outputs).filter((output) => !isMap(output))),
    maps: Object.fromEntries(Object.entries(outputs).filter(isMap)),
    inputs,
    externals,
  };
}
