import path from "node:path";

/** Root of the project, which contains `Pulumi.yaml`. */
export const PROJECT_ROOT = path.resolve(__dirname, "../..");

/** Archives that the program creates during evaluation, named by their content. */
export const BUILD_DIR = path.join(PROJECT_ROOT, ".paddock", "build");
