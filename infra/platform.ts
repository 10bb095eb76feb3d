/** The platform of all functions in a stack. */
export interface Platform {
  /** Node.js's names, as in `process.platform` and in onnxruntime-node's folders. */
  readonly os: NodeJS.Platform;
  readonly cpu: string;
  /** AWS's name for {@link cpu}, which the function and its layers are declared with. */
  readonly architecture: Architecture;
}

export type Architecture = "arm64" | "x86_64";

/**
 * The one switch between Lambda and this machine: `lambda` is Linux on the architecture asked for,
 * `host` is the machine the program runs on, whose packages the local cloud can run.
 */
export function platformOf(target: "lambda" | "host", architecture: Architecture): Platform {
  if (target === "lambda")
    return { os: "linux", cpu: architecture === "arm64" ? "arm64" : "x64", architecture };
  return {
    os: process.platform,
    cpu: process.arch,
    architecture: process.arch === "arm64" ? "arm64" : "x86_64",
  };
}
