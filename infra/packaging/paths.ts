import path from "node:path";

/** Root of the project: where `Pulumi.yaml` lies. */
export const PROJECT_ROOT = path.resolve(__dirname, "../..");

/** Archives that the program makes while it is evaluated, named by their content. */
export const BUILD_DIR = path.join(PROJECT_ROOT, ".paddock", "build");
