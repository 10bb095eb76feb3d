import path from "node:path";
import { LocalCloud, type LocalCloudOptions } from "@paddock/local/cli";
import { temporaryFolder } from "../process/temporaryFolder";
import { freePorts } from "./freePorts";

/** Starts the project's own stack on free ports with data of its own; closed after the suite that asked for it. */
export async function startProject(options: Partial<LocalCloudOptions> = {}): Promise<LocalCloud> {
  return LocalCloud.start({
    projectDir: path.resolve(__dirname, "../../.."),
    stack: "dev",
    basePort: await freePorts(),
    dataDir: temporaryFolder(),
    ...options,
  });
}
