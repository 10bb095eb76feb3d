import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Environment in which the `pulumi` command deploys to a local cloud, keeps its state beside it and leaves the user's
 * own Pulumi account and settings alone.
 *
 * @param dataDir  Of the local cloud.
 */
export function engineEnvironment(dataDir: string, providerPort: number): Record<string, string> {
  const state = path.join(dataDir, "state");
  fs.mkdirSync(state, { recursive: true });
  return {
    PULUMI_DEBUG_PROVIDERS: `aws:${providerPort},awsx:${providerPort}`,
    PULUMI_BACKEND_URL: pathToFileURL(state).href,
    PULUMI_HOME: path.join(dataDir, "pulumi"),
    // The state's secrets are those of a cloud on this machine; the stack's file holds none.
    PULUMI_CONFIG_PASSPHRASE: "local",
    // Both providers run already: without this the engine downloads what the program's packages name.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}
