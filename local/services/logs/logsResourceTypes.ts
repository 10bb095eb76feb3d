import type { ResourceType } from "../../resources/resourceType";
import { logGroup } from "./resourceTypes/logGroup";

/** The resource types of CloudWatch Logs. */
export const logsResourceTypes: readonly ResourceType<undefined>[] = [logGroup];
