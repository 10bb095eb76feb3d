import path from "node:path";
import { SERVICE_PORTS } from "../cloud/addressBook";
import { claimDataFolder, removeRunningCloud, writeRunningCloud } from "../cloud/runningCloud";
import { EngineCloud } from "../engine/engineCloud";
import { AwsError } from "../http/awsError";
import { PageServer } from "../page/pageServer";
import type { ProjectScript } from "../page/stack";
import { logicalName } from "../resources/logicalName";
import type { RequestReport } from "../services/lambda/requestReport";
import { accessLines } from "./accessLines";
import { allowHost } from "./allowHost";
import { boolean, command } from "./command";
import { GatheredLines } from "./gatheredLines";
import { LogFiles } from "./logFiles";
import { onEnd } from "./onEnd";
import { portOption } from "./port";
import { progress } from "./progress";
import { requestLine } from "./requestLine";
import { runProjectScript } from "./runProjectScript";
import { paintFor } from "./terminal";

const NEXT = `In another terminal, with the Pulumi CLI:

  npm run local -- up                      deploys the stack "local" here
  npm run local -- stack output --json     its outputs
  npm run local -- preview                 what a change would do
  npm run local -- destroy

Ctrl-C ends the local cloud; what was deployed is live again at the next start.
`;

/** The stack that is deployed where no other is named. */
const STACK = "local";

/** Serves a local cloud, and the provider by which the engine deploys to it, until Ctrl-C. */
export function serveEngineCloud(
  args: readonly string[],
  place: { readonly projectDir: string; readonly dataDir: string },
): Promise<void> {
  return command(
    {
      usage: `npm run local [-- options]           serves a local cloud for the Pulumi CLI
npm run local -- up|preview|destroy|…  runs pulumi against it, in another terminal`,
      about: "The local cloud for the real Pulumi engine.",
      options: {
        port: portOption("first of the ports that what is deployed listens on", 4200),
        "allow-host": allowHost,
        logs: boolean("print what functions log"),
      },
      run: (values) => start(values, place),
    },
    args,
  );
}

async function start(
  values: { readonly port: number; readonly "allow-host": readonly string[]; readonly logs: boolean },
  place: { readonly projectDir: string; readonly dataDir: string },
): Promise<void> {
  claimDataFolder(place.dataDir);
  const logs = new LogFiles(place.dataDir);
  const lines = new GatheredLines(console.log);
  const paint = paintFor(process.stdout);
  let serving: EngineCloud | undefined;
  let page: PageServer | undefined;
  onEnd(async () => {
    await page?.close();
    await serving?.close();
    logs.flush();
    lines.flush();
    removeRunningCloud(place.dataDir);
  });
  const onRequest = (report: RequestReport) => {
    page?.add(report);
    lines.add(requestLine(report, { paint, columns: process.stdout.columns }));
  };
  progress.step("Bringing back what was deployed");
  const cloud = await EngineCloud.start({
    ...place,
    basePort: values.port,
    allowedHosts: values["allow-host"],
    onRequest,
    onLog(line) {
      logs.write(line);
      if (values.logs) lines.add(`  ${logicalName(line.functionName)}  ${line.line}`);
    },
  });
  progress.end();
  serving = cloud;
  page = new PageServer({
    port: values.port + SERVICE_PORTS.page,
    secretFile: path.join(place.dataDir, "page.json"),
    allowedHosts: values["allow-host"],
    log: (line) => console.error(line),
    stack: {
      name: STACK,
      region: cloud.region,
      rootKey: cloud.rootKey,
      cloud: cloud.cloud,
      resources: () => cloud.resources,
      report: onRequest,
      runScript: (name) => runScript(name, place),
    },
  });
  await page.start();
  writeRunningCloud(place.dataDir, cloud);
  for (const { resource, error } of cloud.lost) {
    console.error(
      `${resource.type} "${resource.name}" could not be made again: ${error.message}. \`npm run local -- up --refresh\` makes it anew.`,
    );
  }
  const count = cloud.live.length;
  const addresses = Object.entries(cloud.outputs).map(([name, address]) => `  ${name}  ${address}\n`);
  console.log(
    `The local cloud runs; ${count === 0 ? "nothing is deployed" : count === 1 ? "1 resource is deployed" : `${count} resources are deployed`} in it.\n\n${addresses.join("")}  page  ${page.address}\n\n${accessLines({ key: cloud.rootKey, region: cloud.region, endpoint: cloud.outputs.endpoint }, `npm run -s env -- --data ${path.relative(process.cwd(), place.dataDir)}`)}\n\n${NEXT}`,
  );
}

/** @throws AwsError  The script needs a stack's outputs, which only the engine has. */
function runScript(name: ProjectScript, place: { readonly projectDir: string; readonly dataDir: string }) {
  if (name === "policy") return runProjectScript(name, { ...place, stack: STACK });
  throw new AwsError(
    "NotFound",
    404,
    "Only the engine knows this stack's outputs: write what `npm run -s local -- stack output --json` prints to a file, and run `npm run -s openapi -- --outputs FILE`.",
  );
}
