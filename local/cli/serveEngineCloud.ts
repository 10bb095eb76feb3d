import path from "node:path";
import { claimDataFolder, removeRunningCloud, writeRunningCloud } from "../cloud/runningCloud";
import { EngineCloud } from "../engine/engineCloud";
import { logicalName } from "../resources/logicalName";
import { accessLines } from "./accessLines";
import { allowHost } from "./allowHost";
import { boolean, command } from "./command";
import { GatheredLines } from "./gatheredLines";
import { LogFiles } from "./logFiles";
import { onEnd } from "./onEnd";
import { portOption } from "./port";
import { progress } from "./progress";
import { requestLine } from "./requestLine";
import { paintFor } from "./terminal";

const NEXT = `In another terminal, with the Pulumi CLI:

  npm run local -- up                      deploys the stack "local" here
  npm run local -- stack output --json     its outputs
  npm run local -- preview                 what a change would do
  npm run local -- destroy

Ctrl-C ends the local cloud; what was deployed is live again at the next start.
`;

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
  onEnd(async () => {
    await serving?.close();
    logs.flush();
    lines.flush();
    removeRunningCloud(place.dataDir);
  });
  progress.step("Bringing back what was deployed");
  const cloud = await EngineCloud.start({
    ...place,
    basePort: values.port,
    allowedHosts: values["allow-host"],
    onRequest: (report) => lines.add(requestLine(report, { paint, columns: process.stdout.columns })),
    onLog(line) {
      logs.write(line);
      if (values.logs) lines.add(`  ${logicalName(line.functionName)}  ${line.line}`);
    },
  });
  progress.end();
  serving = cloud;
  writeRunningCloud(place.dataDir, cloud);
  for (const { resource, error } of cloud.lost) {
    console.error(
      `${resource.type} "${resource.name}" could not be made again: ${error.message}. \`npm run local -- up --refresh\` makes it anew.`,
    );
  }
  const count = cloud.live.length;
  const addresses = Object.entries(cloud.outputs).map(([name, address]) => `  ${name}  ${address}\n`);
  console.log(
    `The local cloud runs; ${count === 0 ? "nothing is deployed" : count === 1 ? "1 resource is deployed" : `${count} resources are deployed`} in it.\n\n${addresses.join("")}\n${accessLines({ key: cloud.rootKey, region: cloud.region, endpoint: cloud.outputs.endpoint }, `npm run -s env -- --data ${path.relative(process.cwd(), place.dataDir)}`)}\n\n${NEXT}`,
  );
}
