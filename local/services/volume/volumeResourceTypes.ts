import type { ResourceType } from "../../resources/resourceType";
import { accessPoint } from "./resourceTypes/accessPoint";
import { backupPolicy } from "./resourceTypes/backupPolicy";
import { fileSystem } from "./resourceTypes/fileSystem";
import { fileSystemPolicy } from "./resourceTypes/fileSystemPolicy";
import { mountTarget } from "./resourceTypes/mountTarget";

/** What EFS brings to the local cloud. */
export const volumeResourceTypes: readonly ResourceType[] = [
  accessPoint,
  backupPolicy,
  fileSystem,
  fileSystemPolicy,
  mountTarget,
];
