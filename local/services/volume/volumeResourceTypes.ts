import type { ResourceType } from "../../resources/resourceType";
import { accessPoint } from "./resourceTypes/accessPoint";
import { fileSystem } from "./resourceTypes/fileSystem";
import { backupPolicy, fileSystemPolicy } from "./resourceTypes/fileSystemSettings";
import { mountTarget } from "./resourceTypes/mountTarget";
import type { VolumeService } from "./volumeService";

/** The resource types of EFS. */
export const volumeResourceTypes: readonly ResourceType<VolumeService>[] = [
  accessPoint,
  backupPolicy,
  fileSystem,
  fileSystemPolicy,
  mountTarget,
];
