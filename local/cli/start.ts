import path from "node:path";
import { claimDataFolder, removeRunningCloud, writeRunningCloud } from "../cloud/runningCloud";
import { portHolder } from "../http/portHolder";
import { accessLines } from "./accessLines";
import { allowHost } from "./allowHost";
import { command, flag, text, texts, UsageError, wholeNumber } from "./command";
import { endpointTable } from "./endpointTable";
import { freePorts } from "./freePorts";
import { LocalCloud } from "./localCloud";
import { requestLine } from "./requestLine";
import { type SourceChange, watchSources } from "./watchSources";

const DEFAULT_PORT = 4100;

command({
  usage: "npm start -- [options]",
  about: "Serves the stack on this machine.",
  options: {
    stack: text("NAME", "stack whose Pulumi.NAME.yaml is read", "dev"),
    port: wholeNumber(
      [1, 65_000],
      `REST API's port; S3 is the next one, function URLs follow from the tenth
(default ${DEFAULT_PORT}, or the next block that is free)`,
    ),
    data: text("DIR", "what outlives a restart (default .paddock/stacks/NAME)"),
    "max-instances": wholeNumber(
      [1, 1000],
      "processes of one function at a time (default the number of cores)",
    ),
    "sagemaker-endpoint": texts(
      "NAME=URL",
      "answer for that SageMaker endpoint by an inference container,\ne.g. smoke=http://127.0.0.1:8080",
    ),
    "allow-host": allowHost,
    inspect: text("ENDPOINT", "let a debugger stop in that function; its address is printed when it starts"),
    logs: flag("print what functions and APIs log"),
  },
  async run(values) {
    const projectDir = process.cwd();
    const stack = values.stack;
    const dataDir = path.resolve(projectDir, values.data ?? path.join(".paddock", "stacks", stack));
    claimDataFolder(dataDir);

    const started = performance.now();
    // Before the first evaluation, so that nothing saved during it is missed.
    const early: SourceChange[] = [];
    let sourcesChanged = (change: SourceChange): void => void early.push(change);
    const unwatch = await watchSources(projectDir, (change) => sourcesChanged(change));
    const cloud = await LocalCloud.start({
      projectDir,
      stack,
      dataDir,
      basePort: values.port ?? (await defaultPorts()),
      maxInstances: values["max-instances"],
      inspect: values.inspect,
      allowedHosts: values["allow-host"],
      sageMakerEndpoints: Object.fromEntries(values["sagemaker-endpoint"].map(readEndpoint)),
      onUpdate(files, result) {
        const what = `${files.slice(0, 3).join(", ")}${files.length > 3 ? ` and ${files.length - 3} more` : ""}`;
        if (result instanceof Error) {
          console.error(`${what} changed, and what was served before goes on: ${oneLine(result)}`);
          return;
        }
        writeRunningCloud(dataDir, cloud);
        const changes = [...new Set([...result.created, ...result.updated, ...result.deleted])];
        if (changes.length > 0) console.log(`${what} changed: ${changes.join(", ")}`);
      },
      onRequest: (report) => console.log(requestLine(report)),
      onLog: ({ functionName, line }) => {
        const isDebugger = /^(Debugger (listening on|attached)|Starting inspector)/.test(line);
        if (values.logs || isDebugger) console.log(`  ${functionName}  ${line}`);
      },
      onAccessLog: ({ destinationArn, line }) => {
        if (values.logs) console.log(`  ${destinationArn.split(":")[6]}  ${line}`);
      },
    });
    writeRunningCloud(dataDir, cloud);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(
      [
        endpointTable(cloud.outputs, dataDir),
        "",
        accessLines(cloud.rootKey, cloud.outputs.s3Endpoint),
        "",
        `Serving the stack "${stack}" after ${seconds} s. Ctrl-C ends it.`,
        "",
      ].join("\n"),
    );

    sourcesChanged = (change) => cloud.sourcesChanged(change);
    early.forEach(sourcesChanged);
    const stop = () => {
      void unwatch();
      void cloud.close().then(() => {
        removeRunningCloud(dataDir);
        process.exit(0);
      });
    };
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
  },
});

async function defaultPorts(): Promise<number> {
  const port = await freePorts(DEFAULT_PORT);
  if (port !== DEFAULT_PORT) {
    const holder = portHolder(DEFAULT_PORT) ?? "another program";
    console.error(`The ports from ${DEFAULT_PORT} on are in use (${holder}): serving from ${port}.`);
  }
  return port;
}

function readEndpoint(text: string): [name: string, address: string] {
  const [, name, address] = /^([a-zA-Z0-9-]{1,63})=(https?:\/\/.+)$/.exec(text) ?? [];
  if (name === undefined || address === undefined || !URL.canParse(address)) {
    throw new UsageError(`--sagemaker-endpoint must be like smoke=http://127.0.0.1:8080, is "${text}".`);
  }
  return [name, address];
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().replace(/\s*\n\s*/g, " ");
}
