import fs from "node:fs";
import path from "node:path";
import { LocalCloud } from "@paddock/local/cli";
import { EndpointCaller } from "../../bin/lib/endpointCaller";
import { endpointCards } from "../../bin/lib/endpointCards";
import { PROJECT_ROOT } from "../../infra/packaging/paths";
import { urlOutput } from "../../infra/stackOutputs";
import { freePorts } from "../../test/helpers/cloud/freePorts";
import { HTTP_FORMS } from "../../test/helpers/handlers/eventForms";
import { listProcesses } from "../../test/helpers/process/listProcesses";
import { prepareSample } from "../lib/prepareSample";
import type { Subject } from "./subject";

/**
 * Deploys the stack `dev` to a local cloud, and gives each endpoint with the environment of the process that answered
 * there; it can be asked until the cloud is closed.
 *
 * @param dataDir  An empty folder.
 */
export async function deployedEndpoints(
  dataDir: string,
): Promise<{ readonly endpoints: readonly Subject[]; close(): Promise<void> }> {
  const cloud = await LocalCloud.start({
    projectDir: PROJECT_ROOT,
    stack: "dev",
    basePort: await freePorts(),
    dataDir,
  });
  try {
    const caller = new EndpointCaller({ credentials: cloud.rootKey, region: cloud.region });
    const endpoints: Subject[] = [];
    for (const { name, samples } of endpointCards()) {
      const sample = samples.find(({ answer }) => answer.status === 200);
      const address = cloud.outputs[urlOutput(name)];
      // A folder in functions/ that the program does not deploy.
      if (sample === undefined || address === undefined) continue;
      const request = await prepareSample(caller, String(address), name, sample);
      const [functionUrl] = HTTP_FORMS;
      const headers = { "content-type": "application/json" };
      const event = functionUrl?.event(name, { ...request, headers });
      endpoints.push({ name, environment: environmentOf(cloud, name), event: JSON.stringify(event) });
    }
    return { endpoints, close: () => cloud.close() };
  } catch (error) {
    await cloud.close();
    throw error;
  }
}

/** The environment of the process that the local cloud started for an endpoint. Linux only. */
function environmentOf({ outputs, dataDir }: LocalCloud, endpoint: string): Record<string, string> {
  const functionName = (outputs.functionNames as Readonly<Record<string, string>>)[endpoint];
  for (const { pid, command } of listProcesses()) {
    if (!command.includes(dataDir + path.sep)) continue;
    const variables = fs.readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").filter(Boolean);
    const environment = Object.fromEntries(
      variables.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
    if (environment.AWS_LAMBDA_FUNCTION_NAME === functionName) return environment;
  }
  throw new Error(`No process of ${endpoint} was found`);
}
