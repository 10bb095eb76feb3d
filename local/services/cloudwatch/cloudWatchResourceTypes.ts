import { type ResourceType, withService } from "../../resources/resourceType";
import type { CloudWatchService } from "./cloudWatchService";
import { dashboard } from "./resourceTypes/dashboard";
import { metricAlarm } from "./resourceTypes/metricAlarm";

/** The resource types of CloudWatch's metrics. */
export const cloudWatchResourceTypes: readonly ResourceType<CloudWatchService>[] = [
  metricAlarm,
  withService(dashboard, () => undefined),
];
