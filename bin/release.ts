import { execFileSync } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { CodeDeployClient } from "@aws-sdk/client-codedeploy";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { boolean, command, text, wholeNumber } from "@paddock/local/command";
import { readCard } from "../infra/readCard";
import { accessOf } from "./lib/localAccess";
import { codeDeployRelease } from "./lib/release/codeDeployRelease";
import { liveAlias, pruneVersions, versionsOf } from "./lib/release/functionVersions";
import { type ShiftResult, shiftAlias } from "./lib/release/shiftAlias";
import { stepsOf } from "./lib/release/steps";
import { verifyVersion } from "./lib/release/verifyVersion";
import { dataFolderOf, servedHere } from "./lib/stackHere";

/** The outputs of a stack that are read here. */
interface ReleaseOutputs {
  readonly functionNames?: Readonly<Record<string, string>>;
  readonly releases?: { readonly application: string; readonly steps: string };
}

command({
  usage: "npm run -s release -- [ENDPOINT …] [options]",
  about: `Moves requests to the newest version of each endpoint, by the steps of the stack's setting \`release\`, and back where an
alarm fires, the version fails its card's samples, or Ctrl-C stops it. Old versions are deleted afterwards.
Exit code 1 where one was rolled back.`,
  options: {
    stack: text("NAME", "a deployed stack (default the local cloud's, of `npm run local`)"),
    data: text("DIR", "the local cloud's data folder"),
    "ignore-alarms": boolean("release although an alarm fires: the version that mends what it fires for"),
    rollback: boolean("move requests back to the version before the one that answers"),
    keep: wholeNumber([1, 1000], "versions of each function that are kept", 3),
  },
  words: [0, 100],
  async run({ stack, data, rollback, keep, "ignore-alarms": ignoreAlarms }, names) {
    const dataDir = dataFolderOf({ stack: "local", data });
    const running = stack === undefined ? servedHere({ stack: "local", data }) : undefined;
    const access = running ? accessOf(dataDir, running) : {};
    const outputs: ReleaseOutputs = running ? running.outputs : outputsOf(stack ?? "");
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
      const { samples } = readCard(path.resolve("functions", name));
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

function outputsOf(stack: string): ReleaseOutputs {
  try {
    return JSON.parse(
      execFileSync("pulumi", ["stack", "output", "--json", "--stack", stack], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
      }),
    );
  } catch (cause) {
    throw new Error(
      `The outputs of the stack ${stack} cannot be read: is it deployed, and \`pulumi\` logged in?`,
      { cause },
    );
  }
}
