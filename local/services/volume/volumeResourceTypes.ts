import type { Cloud } from "../../cloud/cloud";
import type { LegacyResourceType } from "../../resources/legacy";
import { accessPoint } from "./resourceTypes/accessPoint";
import { backupPolicy } from "./resourceTypes/backupPolicy";
import { fileSystem } from "./resourceTypes/fileSystem";
import { fileSystemPolicy } from "./resourceTypes/fileSystemPolicy";
import { mountTarget } from "./resourceTypes/mountTarget";

/** What EFS brings to the local cloud. */
export const volumeResourceTypes: readonly LegacyResourceType<Cloud>[] = [
  accessPoint,
  backupPolicy,
  fileSystem,
  fileSystemPolicy,
  mountTarget,
];
