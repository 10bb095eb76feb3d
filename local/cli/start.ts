import path from "node:path";
import { parseArgs } from "node:util";
import { accessLines } from "../cloud/accessLines";
import { requestLine } from "../cloud/requestLine";
import { readRunningCloud, removeRunningCloud, writeRunningCloud } from "../cloud/runningCloud";
import { endpointTable } from "./endpointTable";
import { LocalCloud } from "./localCloud";
import { watchSources } from "./watchSources";

const USAGE = `Usage: npm start -- [options]

Serves the stack on this machine.

  --stack NAME           stack whose Pulumi.NAME.yaml is read (default dev)
  --port N               REST API's port; S3 is the next one, function URLs follow from the tenth (default 4100)
  --data DIR             what outlives a restart (default .paddock/stacks/NAME)
  --max-instances N      processes of one function at a time (default the number of cores)
  --sagemaker-endpoint NAME=URL
                         answer for that SageMaker endpoint by an inference container, e.g. smoke=http://127.0.0.1:8080;
                         may come again
  --logs                 print what functions log
  --help`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      stack: { type: "string", default: "dev" },
      port: { type: "string", default: "4100" },
      data: { type: "string" },
      "max-instances": { type: "string" },
      "sagemaker-endpoint": { type: "string", multiple: true, default: [] },
      logs: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const projectDir = process.cwd();
  const stack = values.stack;
  const dataDir = path.resolve(projectDir, values.data ?? path.join(".paddock", "stacks", stack));
  const running = readRunningCloud(dataDir);
  if (running)
    throw new Error(
      `The stack "${stack}" is being served already, by process ${running.pid}: stop that first.`,
    );

  const started = performance.now();
  const cloud = await LocalCloud.start({
    projectDir,
    stack,
    dataDir,
    basePort: wholeNumber("--port", values.port, 1, 65_000),
    maxInstances:
      values["max-instances"] === undefined
        ? undefined
        : wholeNumber("--max-instances", values["max-instances"], 1, 1000),
    sageMakerEndpoints: Object.fromEntries(values["sagemaker-endpoint"].map(readEndpoint)),
    onUpdate(file, result) {
      if (result instanceof Error) {
        console.error(`${file} changed, and what was served before goes on: ${oneLine(result)}`);
        return;
      }
      writeRunningCloud(dataDir, cloud);
      const changes = [...new Set([...result.created, ...result.updated, ...result.deleted])];
      if (changes.length > 0) console.log(`${file} changed: ${changes.join(", ")}`);
    },
    onRequest: (report) => console.log(requestLine(report)),
    onLog: ({ functionName, line }) => {
      if (values.logs) console.log(`  ${functionName}  ${line}`);
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

  const unwatch = watchSources(projectDir, (file) => cloud.sourcesChanged(file));
  const stop = () => {
    unwatch();
    removeRunningCloud(dataDir);
    cloud.close().then(() => process.exit(0));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

function readEndpoint(text: string): [name: string, address: string] {
  const [, name, address] = /^([a-zA-Z0-9-]{1,63})=(https?:\/\/.+)$/.exec(text) ?? [];
  if (name === undefined || address === undefined || !URL.canParse(address)) {
    throw new Error(`--sagemaker-endpoint must be like smoke=http://127.0.0.1:8080, is "${text}".`);
  }
  return [name, address];
}

function wholeNumber(flag: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new Error(`${flag} must be a whole number from ${min} to ${max}, is "${text}".`);
  }
  return value;
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().replace(/\s*\n\s*/g, " ");
}

main().catch((error) => {
  console.error(oneLine(error));
  process.exit(1);
});
