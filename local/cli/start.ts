import "./evaluateSoon";
import path from "node:path";
import { Faults } from "../cloud/faults";
import { claimDataFolder, removeRunningCloud, writeRunningCloud } from "../cloud/runningCloud";
import { portHolder } from "../http/portHolder";
import { logicalName } from "../resources/logicalName";
import { accessKey } from "./accessKey";
import { accessLines } from "./accessLines";
import { allowHost } from "./allowHost";
import { boolean, command, strings, text, UsageError, wholeNumber } from "./command";
import { endpointTable } from "./endpointTable";
import { faultOption } from "./faultOption";
import { freePorts } from "./freePorts";
import { GatheredLines } from "./gatheredLines";
import { LocalCloud } from "./localCloud";
import { LogFiles } from "./logFiles";
import { onEnd } from "./onEnd";
import { onKeys } from "./onKeys";
import { openInBrowser } from "./openInBrowser";
import { portOption } from "./port";
import { progress } from "./progress";
import { requestLine } from "./requestLine";
import { paintFor } from "./terminal";
import { failedUpdateLines, updateLines } from "./updateLines";
import { type SourceChange, watchSources } from "./watchSources";

const DEFAULT_PORT = 4100;

command({
  usage: "npm start -- [options]",
  about: "Serves the stack on this machine.",
  options: {
    stack: text("NAME", "stack whose Pulumi.NAME.yaml is read", "dev"),
    port: portOption(
      `REST API's port; S3 is the next one, that of all services the fourth behind it, the
page's the fifth, function URLs follow from the tenth
(default ${DEFAULT_PORT}, or the next block that is free)`,
    ),
    data: text("DIR", "what outlives a restart (default .paddock/stacks/NAME)"),
    "max-instances": wholeNumber(
      [1, 1000],
      "processes of one function at a time (default the number of cores)",
    ),
    "sagemaker-endpoint": strings(
      "NAME=URL",
      "answer for that SageMaker endpoint by an inference container,\ne.g. smoke=http://127.0.0.1:8080",
    ),
    "allow-host": allowHost,
    fault: faultOption,
    "access-key": accessKey,
    inspect: text("ENDPOINT", "let a debugger stop in that function; its address is printed when it starts"),
    logs: boolean("print what functions and APIs log"),
  },
  async run(values) {
    const projectDir = process.cwd();
    const stack = values.stack;
    const dataDir = path.resolve(projectDir, values.data ?? path.join(".paddock", "stacks", stack));
    const accessKeys = values["access-key"];
    claimDataFolder(dataDir);

    const started = performance.now();
    // Before the first evaluation, so that nothing saved during it is missed.
    const early: SourceChange[] = [];
    let sourcesChanged = (change: SourceChange): void => void early.push(change);
    const unwatch = await watchSources(projectDir, (change) => sourcesChanged(change));
    const logs = new LogFiles(dataDir);
    const paint = paintFor(process.stdout);
    const lines = new GatheredLines((text) => progress.print(text, console.log));
    const print = (line: string) => lines.add(line);
    /** Saved files that cannot be served. */
    let unserved: readonly string[] = [];
    let outputs: LocalCloud["outputs"] = {};
    let serving: LocalCloud | undefined;
    onEnd(async () => {
      void unwatch();
      await serving?.close();
      logs.flush();
      lines.flush();
      removeRunningCloud(dataDir);
    });
    const cloud = await LocalCloud.start({
      projectDir,
      stack,
      dataDir,
      basePort: values.port ?? (await defaultPorts()),
      maxInstances: values["max-instances"],
      inspect: values.inspect,
      allowedHosts: values["allow-host"],
      faults:
        values.fault &&
        new Faults({
          ...values.fault,
          onFault: (service, kind, subject) => console.log(`  fault ${service}=${kind}  ${subject}`),
        }),
      accessKeys,
      isWatched: true,
      sageMakerEndpoints: Object.fromEntries(values["sagemaker-endpoint"].map(readEndpoint)),
      onPrint: (text) => progress.print(text),
      onStep(text) {
        // A change has a line of its own when it is served.
        if (serving !== undefined) progress.clear();
        if (serving === undefined || process.stderr.isTTY) progress.step(text);
      },
      onResource: (name) => progress.detail(name),
      onUpdate(files, result) {
        progress.clear();
        if (result instanceof Error) {
          unserved = [...new Set([...unserved, ...files])];
          console.error(failedUpdateLines(files, result, paint));
          return;
        }
        writeRunningCloud(dataDir, cloud);
        const recovered = unserved.length > 0;
        unserved = [];
        const [before, after] = [outputs, cloud.outputs];
        outputs = after;
        for (const line of updateLines(files, result, { before, after, recovered }, paint)) print(line);
      },
      onRequest: (report) => print(requestLine(report, { paint, columns: process.stdout.columns, unserved })),
      onLog(line) {
        logs.write(line);
        const isDebugger = /^(Debugger (listening on|attached)|Starting inspector)/.test(line.line);
        if (values.logs || isDebugger) print(`  ${logicalName(line.functionName)}  ${line.line}`);
      },
      onAccessLog: ({ destinationArn, line }) => {
        if (values.logs) print(`  ${destinationArn.split(":")[6]}  ${line}`);
      },
    });
    progress.end();
    serving = cloud;
    outputs = cloud.outputs;
    writeRunningCloud(dataDir, cloud);
    for (const { accessKeyId } of accessKeys) {
      console.error(
        `The access key ${accessKeyId} is the administrator's, too. Others may know its secret, so pages of other sites get no answer.`,
      );
    }
    const opens = onKeys({
      o: () =>
        openInBrowser(cloud.pageAddress, () =>
          print("There is no browser to open: copy the page's address."),
        ),
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(
      [
        endpointTable(cloud.outputs),
        "",
        accessLines(
          { key: cloud.rootKey, region: cloud.region, endpoint: cloud.outputs.endpoint },
          environmentCommand(values),
        ),
        "",
        ...(values.fault === undefined
          ? []
          : [`Things fail on purpose: --fault ${values.fault.text.replaceAll(" ", " --fault ")}`, ""]),
        `  page  ${cloud.pageAddress}`,
        "",
        paint(
          "bold",
          `Serving the stack "${stack}" after ${seconds} s. Ctrl-C ends it.${opens ? " o opens the page." : ""}`,
        ),
        "",
      ].join("\n"),
    );

    if (Number(process.versions.node.split(".")[0]) < 22) {
      console.error(`Node.js ${process.version} is past its end; the AWS SDK will need 22 or later.`);
    }
    sourcesChanged = (change) => cloud.sourcesChanged(change);
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

/** The command that prints the same export line again. */
function environmentCommand({
  stack,
  data,
}: {
  readonly stack: string;
  readonly data: string | undefined;
}): string {
  const options = [
    ...(stack === "dev" ? [] : ["--stack", stack]),
    ...(data === undefined ? [] : ["--data", data]),
  ];
  return ["npm run -s env", ...(options.length > 0 ? ["--", ...options] : [])].join(" ");
}

function readEndpoint(text: string): [name: string, address: string] {
  const [, name, address] = /^([a-zA-Z0-9-]{1,63})=(https?:\/\/.+)$/.exec(text) ?? [];
  if (name === undefined || address === undefined || !URL.canParse(address)) {
    throw new UsageError(`--sagemaker-endpoint must be like smoke=http://127.0.0.1:8080, is "${text}".`);
  }
  return [name, address];
}
