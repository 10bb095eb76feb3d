import {
  type CodeDeployClient,
  CreateDeploymentCommand,
  GetDeploymentCommand,
  StopDeploymentCommand,
} from "@aws-sdk/client-codedeploy";
import { ALIAS } from "./functionVersions";
import type { ShiftResult } from "./shiftAlias";

export interface CodeDeployOptions {
  readonly codeDeploy: CodeDeployClient;
  readonly application: string;
  /** The deployment group: the endpoint's name. */
  readonly group: string;
  readonly functionName: string;
  readonly current: string;
  readonly target: string;
  /** Goes on although an alarm fires: for the version that mends what it fires for. */
  readonly ignoreAlarms: boolean;
  /** Whether the target answers right, asked at each poll. */
  verify(): Promise<boolean>;
  wait(minutes: number): Promise<void>;
  readonly signal?: AbortSignal;
  log(line: string): void;
}

/** Has CodeDeploy move the alias by the group's steps, and waits; CodeDeploy itself rolls back on the group's alarms. */
export async function codeDeployRelease(options: CodeDeployOptions): Promise<ShiftResult> {
  const { codeDeploy, functionName, log } = options;
  const { deploymentId = "" } = await codeDeploy.send(
    new CreateDeploymentCommand({
      applicationName: options.application,
      deploymentGroupName: options.group,
      revision: { revisionType: "AppSpecContent", appSpecContent: { content: appSpec(options) } },
      ...(options.ignoreAlarms && { overrideAlarmConfiguration: { enabled: false } }),
    }),
  );
  log(
    `${functionName}: deployment ${deploymentId} moves it from version ${options.current} to ${options.target}`,
  );
  let stopped: string | undefined;
  for (;;) {
    const { deploymentInfo } = await codeDeploy.send(new GetDeploymentCommand({ deploymentId }));
    switch (deploymentInfo?.status) {
      case "Succeeded":
        log(`${functionName}: all requests get version ${options.target}`);
        return { status: "released" };
      case "Failed":
      case "Stopped": {
        const reason =
          stopped ?? deploymentInfo.errorInformation?.message ?? `deployment ${deploymentId} failed`;
        log(`${functionName}: back to version ${options.current}: ${reason}`);
        return { status: "rolled back", reason };
      }
    }
    if (stopped === undefined) {
      if (options.signal?.aborted) stopped = "it was stopped by hand";
      else if (!(await options.verify())) stopped = `version ${options.target} fails the contract suite`;
      if (stopped !== undefined) {
        await codeDeploy.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled: true }));
      }
    }
    await options.wait(POLL_MINUTES);
  }
}

const POLL_MINUTES = 0.25;

/** @see https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html */
function appSpec({ group, functionName, current, target }: CodeDeployOptions): string {
  const Properties = { Name: functionName, Alias: ALIAS, CurrentVersion: current, TargetVersion: target };
  return JSON.stringify({
    version: 0,
    Resources: [{ [group]: { Type: "AWS::Lambda::Function", Properties } }],
  });
}
