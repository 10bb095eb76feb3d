import path from "node:path";
import { LocalCloud, type LocalCloudOptions } from "@paddock/local/cli";
import { temporaryFolder } from "../process/temporaryFolder";
import { freePorts } from "./freePorts";
import { keepPorts, useKnownPorts } from "./knownPorts";

/** Starts the project's own stack on free ports with data of its own; closed after the suite that asked for it. */
export async function startProject(options: Partial<LocalCloudOptions> = {}): Promise<LocalCloud> {
  const { stack = "dev", dataDir = temporaryFolder() } = options;
  useKnownPorts(dataDir, stack);
  const cloud = await LocalCloud.start({
    projectDir: path.resolve(__dirname, "../../.."),
    stack,
    basePort: await freePorts(),
    dataDir,
    ...options,
  });
  keepPorts(dataDir, stack);
  return cloud;
}
