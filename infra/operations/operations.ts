import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings";
import { AlarmTopic } from "./alarmTopic";
import { ReleaseApplication } from "./releaseApplication";

/** Parts that the stack's functions share to be operated; each is made when first requested. */
export interface Operations {
  /** ARN of the topic that alarms tell: the stack's own, or the one of the setting `alarmsTo`. */
  topic(): pulumi.Output<string>;
  /** CodeDeploy's application; its groups are the functions'. */
  releases(): ReleaseApplication;
}

export function createOperations(settings: Settings): Operations {
  let topic: pulumi.Output<string> | undefined;
  let releases: ReleaseApplication | undefined;
  return {
    topic() {
      topic ??= settings.alarmsTo?.startsWith("arn:")
        ? pulumi.output(settings.alarmsTo)
        : new AlarmTopic("alarms", { settings }).arn;
      return topic;
    },
    releases() {
      releases ??= new ReleaseApplication("releases", { settings });
      return releases;
    },
  };
}
