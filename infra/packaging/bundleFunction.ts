import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { BuildOptions } from "esbuild";
import { buildOnce } from "./bundleCache";
import { NATIVE_MODULE, onnxRuntimeJavaScript } from "./onnxRuntimeJavaScript";
import { PROJECT_ROOT } from "./paths";
import type { ArchiveFiles } from "./writeArchive";

const AWS_CLIENTS = "functions/shared/awsClients.ts";
const LAMBDA_CLIENT = "functions/shared/lambdaClient.ts";
const ALL_AWS_CLIENTS = "functions/shared/allAwsClients.ts";

interface LazyFile {
  readonly entry: string;
  readonly users: readonly string[];
  readonly unused?: readonly string[];
}

/** Source that functions load when first needed, as a file of its own beside the bundle. */
const LAZY_FILES: readonly LazyFile[] = [
  {
    // At start the AWS SDK would double the cold start. One file for all its clients, since they share all but a
    // twentieth of their code.
    entry: AWS_CLIENTS,
    users: ["functions/shared/s3.ts", "functions/shared/sageMakerRuntime.ts"],
  },
  {
    // Lambda's client would add a sixth to what every function loads that reads S3; few call another function.
    entry: LAMBDA_CLIENT,
    users: ["functions/shared/lambda.ts"],
  },
  {
    entry: "functions/smoke-segmentation/geoTiff/geoTiffLibrary.ts",
    users: ["functions/smoke-segmentation/geoTiff/loadGeoTiffLibrary.ts"],
    // Decoders that are replaced, or of compressions that are rejected: four fifths of the library.
    unused: ["lerc", "pako", "zstddec", "zstddec/stream"],
  },
];

/** `lambdaClient.js` in an archive whose `awsClients.js` has Lambda's client, too. */
const REST_OF_AWS_CLIENTS = Buffer.from('module.exports = require("./awsClients.js");\n');

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
  const { files, maps, inputs, externals } = bundle(path.join(folder, "index.ts"), "index.js", [], cache);
  const loaded = LAZY_FILES.filter(({ users }) => users.some((user) => inputs.includes(user)));
  const entries = loaded.map(({ entry }) => entry);
  const loadsBoth = [AWS_CLIENTS, LAMBDA_CLIENT].every((entry) => entries.includes(entry));
  const lazy = loaded.map(({ entry, unused }) => {
    const outfile = `${path.basename(entry, ".ts")}.js`;
    if (loadsBoth && entry === LAMBDA_CLIENT)
      return { files: { [outfile]: REST_OF_AWS_CLIENTS }, inputs: [] };
    const source = loadsBoth && entry === AWS_CLIENTS ? ALL_AWS_CLIENTS : entry;
    return bundle(path.join(PROJECT_ROOT, source), outfile, unused, cache);
  });
  return {
    files: Object.assign(files, ...lazy.map((each) => each.files)),
    maps,
    usesSharp: externals.includes(SHARP),
    inputs: [...inputs, ...lazy.flatMap((each) => each.inputs)],
  };
}

function bundle(entry: string, outfile: string, unused: readonly string[] = [], cache?: string) {
  if (!fs.existsSync(entry)) {
    throw new Error(
      `There is no ${path.relative(PROJECT_ROOT, entry)}: an endpoint's name is its folder in functions/.`,
    );
  }
  const options = {
    absWorkingDir: PROJECT_ROOT,
    outfile,
    bundle: true,
    minify: true,
    // Keeps names in stack traces.
    keepNames: true,
    sourcemap: "external",
    sourcesContent: false,
    sourceRoot: `${pathToFileURL(PROJECT_ROOT).href}/`,
    platform: "node",
    // The older of Lambda's runtime and the Node.js that runs the local cloud.
    target: "node20",
    // CommonJS: modules of a layer are found by NODE_PATH, which Node.js ignores for ES modules.
    format: "cjs",
    mainFields: ["module", "main"],
    alias: { "onnxruntime-node": onnxRuntimeJavaScript() },
    external: [...NATIVE_MODULES, ...unused],
    legalComments: "none",
    logLevel: "silent",
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
