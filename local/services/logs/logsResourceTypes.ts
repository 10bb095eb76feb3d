import type { ResourceType } from "../../resources/resourceType";
import { logGroup } from "./resourceTypes/logGroup";

/** What CloudWatch Logs brings to the local cloud. */
export const logsResourceTypes: readonly ResourceType[] = [logGroup];
