import { parseArgs } from "node:util";
import { accessLines } from "../cloud/accessLines";
import { requestLine } from "../cloud/requestLine";
import { readRunningCloud, removeRunningCloud, writeRunningCloud } from "../cloud/runningCloud";
import { EngineCloud } from "./engineCloud";

const USAGE = `Usage: npm run local [-- options]           serves a local cloud for the Pulumi CLI
       npm run local -- up|preview|destroy|…  runs pulumi against it, in another terminal

  --port N    first of the ports that what is deployed listens on (default 4200)
  --logs      print what functions log
  --help`;

const NEXT = `In another terminal, with the Pulumi CLI:

  npm run local -- up                      deploys the stack "local" here
  npm run local -- stack output --json     its outputs
  npm run local -- preview                 what a change would do
  npm run local -- destroy

Ctrl-C ends the local cloud; what was deployed stands again at the next start.
`;

/** Serves a local cloud, and the provider by which the engine deploys to it, until Ctrl-C. */
export async function serveEngineCloud(
  args: readonly string[],
  place: { readonly projectDir: string; readonly dataDir: string },
): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "4200" },
      logs: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const basePort = Number(values.port);
  if (!Number.isInteger(basePort) || basePort < 1 || basePort > 65_000) {
    throw new Error(`--port must be a whole number from 1 to 65000, is "${values.port}".`);
  }
  const running = readRunningCloud(place.dataDir);
  if (running) throw new Error(`A local cloud runs already, as process ${running.pid}: stop that first.`);

  const cloud = await EngineCloud.start({
    ...place,
    basePort,
    onRequest: (report) => console.log(requestLine(report)),
    onLog: ({ functionName, line }) => {
      if (values.logs) console.log(`  ${functionName}  ${line}`);
    },
  });
  writeRunningCloud(place.dataDir, cloud);
  for (const { resource, error } of cloud.lost) {
    console.error(
      `${resource.type} "${resource.name}" does not stand again: ${error.message}. \`npm run local -- up --refresh\` makes it anew.`,
    );
  }
  const count = cloud.standing.length;
  const addresses = Object.entries(cloud.outputs).map(([name, address]) => `  ${name}  ${address}\n`);
  console.log(
    `The local cloud runs; ${count === 0 ? "nothing stands" : `${count} resources stand`} in it.\n\n${addresses.join("")}\n${accessLines(cloud.rootKey, cloud.outputs.s3Endpoint)}\n\n${NEXT}`,
  );

  const stop = () => {
    removeRunningCloud(place.dataDir);
    cloud.close().then(() => process.exit(0));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}
