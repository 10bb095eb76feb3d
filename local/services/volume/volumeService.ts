import fs from "node:fs";
import path from "node:path";
import { AwsError } from "../../http/awsError";
import type { NetworkService } from "../network/networkService";

interface FileSystem {
  readonly arn: string;
  /** The only zone of a One Zone file system. */
  readonly zone: string | undefined;
  /** Mount target's id to its subnet. */
  readonly mountTargets: Map<string, string>;
}

export interface AccessPoint {
  readonly arn: string;
  readonly fileSystemId: string;
  /** Below the file system's root, e.g. `/models`. */
  readonly path: string;
  /** Mode of the folder if the access point makes it, e.g. `0755`; `undefined` if the folder must exist. */
  readonly permissions: string | undefined;
}

/**
 * EFS of the local cloud: a file system is a folder that outlives a restart, an access point is a folder in it. Modes
 * are set as declared; owners are not, as only root can change them.
 */
export class VolumeService {
  readonly #fileSystems = new Map<string, FileSystem>();
  readonly #accessPoints = new Map<string, AccessPoint>();
  readonly #dataDir: string;
  readonly #network: NetworkService;

  /** @param dataDir  Folder of the file systems' folders, absolute. */
  constructor(dataDir: string, network: NetworkService) {
    this.#dataDir = dataDir;
    this.#network = network;
  }

  /** @param zone  The only zone of a One Zone file system. */
  putFileSystem(id: string, arn: string, zone?: string): void {
    if (!this.#fileSystems.has(id)) this.#fileSystems.set(id, { arn, zone, mountTargets: new Map() });
    fs.mkdirSync(this.#folder(id), { recursive: true });
  }

  /** Deletes the file system with its files, as AWS does. */
  deleteFileSystem(id: string): void {
    if ((this.#fileSystems.get(id)?.mountTargets.size ?? 0) > 0) {
      throw new Error(`FileSystemInUse: The file system ${id} has mount targets created in it.`);
    }
    this.#fileSystems.delete(id);
    fs.rmSync(this.#folder(id), { recursive: true, force: true });
  }

  /** @returns  The mount target's zone; `undefined` where the program does not declare the subnet. */
  putMountTarget(id: string, fileSystemId: string, subnetId: string): string | undefined {
    const fileSystem = this.#fileSystems.get(fileSystemId);
    if (fileSystem === undefined) {
      throw new Error(`FileSystemNotFound: File system '${fileSystemId}' does not exist.`);
    }
    const zone = this.#network.zoneOf(subnetId);
    if (zone !== undefined && fileSystem.zone !== undefined && zone !== fileSystem.zone) {
      throw new Error(
        `AvailabilityZonesMismatch: the file system is in ${fileSystem.zone} only, and the subnet in ${zone}: take a subnet in ${fileSystem.zone}`,
      );
    }
    for (const [otherId, other] of fileSystem.mountTargets) {
      if (otherId === id || zone === undefined || this.#network.zoneOf(other) !== zone) continue;
      throw new Error("MountTargetConflict: mount target already exists in this AZ");
    }
    fileSystem.mountTargets.set(id, subnetId);
    return zone;
  }

  deleteMountTarget(id: string): void {
    for (const { mountTargets } of this.#fileSystems.values()) mountTargets.delete(id);
  }

  putAccessPoint(accessPoint: AccessPoint): void {
    this.#accessPoints.set(accessPoint.arn, accessPoint);
  }

  deleteAccessPoint(arn: string): void {
    this.#accessPoints.delete(arn);
  }

  /**
   * Checks that the file system has a mount target in the zone of each subnet. A file system that the program does not
   * declare is assumed to have them.
   *
   * @throws Error  A zone has none, in Lambda's words.
   */
  checkMount(accessPointArn: string, subnetIds: readonly string[]): void {
    const fileSystemId = this.#accessPoint(accessPointArn).fileSystemId;
    const fileSystem = this.#fileSystems.get(fileSystemId);
    if (fileSystem === undefined) return;
    const zones = [...fileSystem.mountTargets.values()].map((subnetId) => this.#network.zoneOf(subnetId));
    if (subnetIds.every((subnetId) => zones.includes(this.#network.zoneOf(subnetId)))) return;
    throw new Error(
      `InvalidParameterValueException: EFS file system ${fileSystem.arn} referenced by access point ${accessPointArn} does not have mount targets created in all availability zones the function will execute in. Please create EFS mount targets for each availability zone your function is configured to run in.`,
    );
  }

  /** The folder behind an access point; a missing one is made by its `creationInfo`. */
  folderOf(accessPointArn: string): string {
    const { fileSystemId, path: root, permissions } = this.#accessPoint(accessPointArn);
    const folder = path.join(this.#folder(fileSystemId), root);
    if (!fs.existsSync(folder)) {
      if (permissions === undefined) {
        throw new AwsError(
          "EFSMountFailureException",
          403,
          `the folder ${root} of access point ${accessPointArn} does not exist, and it has no \`creationInfo\` to make it by.`,
        );
      }
      fs.mkdirSync(folder, { recursive: true });
      // The mode of `mkdir` would be cut by the umask.
      fs.chmodSync(folder, Number.parseInt(permissions, 8));
    }
    return folder;
  }

  #accessPoint(arn: string): AccessPoint {
    const accessPoint = this.#accessPoints.get(arn);
    if (accessPoint === undefined)
      throw new Error(`AccessPointNotFound: Access point '${arn}' does not exist.`);
    return accessPoint;
  }

  #folder(fileSystemId: string): string {
    return path.join(this.#dataDir, fileSystemId);
  }
}
