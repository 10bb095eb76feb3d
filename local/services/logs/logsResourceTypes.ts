import type { Cloud } from "../../cloud/cloud";
import type { LegacyResourceType } from "../../resources/legacy";
import { logGroup } from "./resourceTypes/logGroup";

/** What CloudWatch Logs brings to the local cloud. */
export const logsResourceTypes: readonly LegacyResourceType<Cloud>[] = [logGroup];
