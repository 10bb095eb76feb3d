import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { CodeDeployClient } from "@aws-sdk/client-codedeploy";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { boolean, command, text, wholeNumber } from "@paddock/local/command";
import { engineEnvironment } from "@paddock/local/engine-environment";
import { type RunningCloud, readRunningCloud } from "@paddock/local/running";
import { deployedOutputs } from "./lib/deployedOutputs";
import { endpointCard } from "./lib/endpointCards";
import { accessOf } from "./lib/localAccess";
import { codeDeployRelease } from "./lib/release/codeDeployRelease";
import { liveAlias, pruneVersions, versionsOf } from "./lib/release/functionVersions";
import { type ShiftResult, shiftAlias } from "./lib/release/shiftAlias";
import { stepsOf } from "./lib/release/steps";
import { verifyVersion } from "./lib/release/verifyVersion";

/** The outputs of a stack that are read here. */
interface ReleaseOutputs {
  readonly functionNames?: Readonly<Record<string, string>>;
  readonly releases?: { readonly application: string; readonly steps: string };
}

/** The data folder of `npm run local`. */
const LOCAL_DATA = path.resolve(".paddock", "local");

command({
  usage: "npm run -s release -- [ENDPOINT …] [options]",
  about: `Moves requests to the newest version of each endpoint, by the steps of the stack's setting \`release\`, and back where an
alarm fires, the version fails its card's samples, or Ctrl-C stops it. Old versions are deleted afterwards.
Exit code 1 where one was rolled back.`,
  options: {
    stack: text("NAME", "the stack", "dev"),
    local: boolean("the stack as `npm run local -- up` deployed it, not the one on AWS"),
    "ignore-alarms": boolean("release although an alarm fires: the version that mends what it fires for"),
    rollback: boolean("move requests back to the version before the one that answers"),
    keep: wholeNumber([1, 1000], "versions of each function that are kept", 3),
  },
  words: [0, 100],
  async run({ stack, local, rollback, keep, "ignore-alarms": ignoreAlarms }, names) {
    const running = local ? localEngine() : undefined;
    const access = running ? accessOf(LOCAL_DATA, running) : {};
    const outputs: ReleaseOutputs = deployedOutputs(
      stack,
      running && { ...engineEnvironment(LOCAL_DATA, running.providerPort), PULUMI_STACK: stack },
    );
    const { functionNames = {}, releases } = outputs;
    if (releases === undefined) {
      console.log(
        "The stack's setting `release` is all: `pulumi up` has moved requests already. In steps it is e.g. canary10percent5minutes.",
      );
      return;
    }
    const lambda = new LambdaClient(access);
    const cloudWatch = new CloudWatchClient(access);
    const codeDeploy = new CodeDeployClient(access);
    const stop = new AbortController();
    process.once("SIGINT", () => stop.abort());
    for (const name of names.length > 0 ? names : Object.keys(functionNames)) {
      const functionName = Object.hasOwn(functionNames, name) ? functionNames[name] : undefined;
      if (functionName === undefined) throw new Error(`The stack has no endpoint "${name}".`);
      const current = String((await liveAlias(lambda, functionName)).FunctionVersion);
      const versions = await versionsOf(lambda, functionName);
      const target = rollback ? versions.find((version) => version < Number(current)) : versions[0];
      if (target === undefined) throw new Error(`${name} has no version before ${current}.`);
      if (String(target) === current) {
        console.log(`${functionName}: version ${current} is the newest, and answers`);
        continue;
      }
      const { samples } = endpointCard(name);
      const shared = {
        functionName,
        target: String(target),
        // The way back is never closed.
        ignoreAlarms: ignoreAlarms || rollback,
        signal: stop.signal,
        wait: (minutes: number) =>
          sleep(minutes * 60_000, undefined, { signal: stop.signal }).catch(() => {}),
        log: (line: string) => console.log(line),
        async verify() {
          const faults = rollback ? [] : await verifyVersion(lambda, functionName, String(target), samples);
          for (const fault of faults) console.error(`${functionName}: version ${target}: ${fault}`);
          return faults.length === 0;
        },
      };
      const result: ShiftResult =
        running || rollback
          ? await shiftAlias({
              ...shared,
              lambda,
              steps: rollback ? [] : stepsOf(releases.steps),
              alarms: () => alarmsOf(cloudWatch, name),
            })
          : !(await shared.verify())
            ? { status: "rolled back", reason: "it fails its card's samples" }
            : await codeDeployRelease({
                ...shared,
                codeDeploy,
                application: releases.application,
                group: name,
                current,
              });
      if (result.status === "rolled back") {
        process.exitCode = 1;
        return;
      }
      const deleted = rollback ? [] : await pruneVersions(lambda, functionName, keep);
      if (deleted.length > 0) console.log(`${functionName}: deleted versions ${deleted.join(", ")}`);
    }
  },
});

/** Names of an endpoint's alarms that fire. */
async function alarmsOf(cloudWatch: CloudWatchClient, name: string): Promise<string[]> {
  const { MetricAlarms = [] } = await cloudWatch.send(
    new DescribeAlarmsCommand({ AlarmNamePrefix: `${name}-`, StateValue: "ALARM" }),
  );
  return MetricAlarms.map(({ AlarmName = "" }) => AlarmName).filter(
    (alarm) => !alarm.startsWith(`${name}-model-loads`),
  );
}

/** The local cloud for the real engine. @throws Error  None runs. */
function localEngine(): RunningCloud & { readonly providerPort: number } {
  const running = readRunningCloud(LOCAL_DATA);
  if (running?.providerPort === undefined) {
    throw new Error("No local cloud runs here: start it with `npm run local` in another terminal.");
  }
  return { ...running, providerPort: running.providerPort };
}
