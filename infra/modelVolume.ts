import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Network } from "./network";
import { createAlarm } from "./operations/alarm";
import type { Operations } from "./operations/operations";
import { policyDocument } from "./policyDocument";
import type { Settings } from "./settings";

export interface ModelVolumeArgs {
  readonly settings: Settings;
  readonly operations: Operations;
  readonly network: Network;
}

/** The arguments that a function needs to mount the file system. */
export interface FileSystemMount {
  readonly fileSystemArn: pulumi.Input<string>;
  readonly accessPointArn: pulumi.Input<string>;
  /** Below `/mnt/`. */
  readonly localMountPath: string;
  readonly access: "read" | "write";
  /** Resources that must exist before the file system can be mounted. */
  readonly dependsOn: readonly pulumi.Resource[];
}

/** Mount path of the models in every function of the stack. */
export const MOUNT_PATH = "/mnt/models";

const NFS_PORT = 2049;

const MAX_IO_PERCENT = 95;
/** Bytes: an hour at 50 MiB/s above the baseline. */
const MIN_BURST_CREDITS = 180 * 1024 ** 3;

/** The writer owns the files; the permissions of the folder let others read them. */
const WRITER = { uid: 1000, gid: 1000 };
const READER = { uid: 1001, gid: 1001 };
const PERMISSIONS = "0755";

/**
 * A shared file system for models too large for a package: encrypted, a mount target in every zone, one access point
 * for reading and one for writing, or an existing file system of the existing VPC (setting `fileSystemId`).
 *
 * Throughput is elastic: paid per GB moved (about 0.03 USD read, 0.06 USD written), nothing while idle, up to
 * gigabytes a second. The setting `volumeThroughput` provisions MiB/s instead: about 6 USD a month for each, used or
 * not, which pays only where models are read all day long; a forgotten 1024 costs 200 USD a day.
 */
export class ModelVolume extends pulumi.ComponentResource {
  readonly fileSystemId: pulumi.Output<string>;

  readonly #settings: Settings;
  readonly #readers: aws.efs.AccessPoint;
  readonly #writers: aws.efs.AccessPoint;
  readonly #ready: readonly pulumi.Resource[];
  readonly #child: pulumi.CustomResourceOptions = { parent: this };
  /** Options for resources that AWS deletes with the file system. */
  readonly #part: pulumi.CustomResourceOptions = this.#child;
  readonly #name: string;

  constructor(
    name: string,
    { settings, operations, network }: ModelVolumeArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("paddock:index:ModelVolume", name, {}, opts);
    this.#name = name;
    this.#settings = settings;
    const existing = settings.existingFileSystem;
    if (existing) {
      this.fileSystemId = pulumi.output(existing.fileSystemId);
    } else {
      const fileSystem = this.#createFileSystem();
      this.fileSystemId = fileSystem.id;
      this.#part = { ...this.#child, deletedWith: fileSystem };
    }
    this.#readers = this.#createAccessPoint("readers", READER);
    this.#writers = this.#createAccessPoint("writers", WRITER);
    if (existing) {
      this.#ready = this.#createRules(network, existing.securityGroupId);
    } else {
      const securityGroup = new aws.ec2.SecurityGroup(
        `${name}-mount-targets`,
        { description: "Mount targets of the models", vpcId: network.vpcId, tags: settings.tags },
        this.#child,
      );
      this.#ready = [
        ...this.#createRules(network, securityGroup.id),
        ...this.#createMountTargets(network, securityGroup),
        this.#createPolicy(),
      ];
      if (settings.volumeBackup) this.#createBackup();
    }
    if (settings.alarms) this.#createAlarm(operations.topic());
    this.registerOutputs({ fileSystemId: this.fileSystemId });
  }

  /** How a function mounts the models, at {@link MOUNT_PATH}. */
  mount(access: "read" | "write"): FileSystemMount {
    const accessPoint = access === "read" ? this.#readers : this.#writers;
    return {
      fileSystemArn: accessPoint.fileSystemArn,
      accessPointArn: accessPoint.arn,
      localMountPath: MOUNT_PATH,
      access,
      dependsOn: this.#ready,
    };
  }

  #createFileSystem(): aws.efs.FileSystem {
    const { volumeThroughput, project, stack, tags } = this.#settings;
    return new aws.efs.FileSystem(
      this.#name,
      {
        encrypted: true,
        // It cannot be changed later: max I/O is slower for each operation and excludes elastic throughput.
        performanceMode: "generalPurpose",
        ...(volumeThroughput === undefined
          ? { throughputMode: "elastic" }
          : { throughputMode: "provisioned", provisionedThroughputInMibps: volumeThroughput }),
        // Storage of a model that nobody requests costs a tenth; the first read moves it back.
        lifecyclePolicies: [
          { transitionToIa: "AFTER_30_DAYS" },
          { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
        ],
        tags: { ...tags, Name: `${project}-${stack}-${this.#name}` },
      },
      { ...this.#child, protect: this.#settings.protect },
    );
  }

  #createAccessPoint(who: string, posixUser: { uid: number; gid: number }): aws.efs.AccessPoint {
    const { project, stack, tags } = this.#settings;
    return new aws.efs.AccessPoint(
      `${this.#name}-${who}`,
      {
        fileSystemId: this.fileSystemId,
        posixUser,
        rootDirectory: {
          path: `/${project}-${stack}`,
          // Both access points say the same: whichever function mounts first creates the folder.
          creationInfo: { ownerUid: WRITER.uid, ownerGid: WRITER.gid, permissions: PERMISSIONS },
        },
        tags: { ...tags, Name: `${project}-${stack}-${this.#name}-${who}` },
      },
      this.#child,
    );
  }

  #createMountTargets(network: Network, securityGroup: aws.ec2.SecurityGroup): pulumi.Resource[] {
    return network.subnetIds.map(
      (subnetId, zone) =>
        new aws.efs.MountTarget(
          `${this.#name}-${zone + 1}`,
          { fileSystemId: this.fileSystemId, subnetId, securityGroups: [securityGroup.id] },
          this.#child,
        ),
    );
  }

  #createRules(network: Network, mountTargets: pulumi.Input<string>): pulumi.Resource[] {
    const functions = network.functionSecurityGroup.id;
    const nfs = { ipProtocol: "tcp", fromPort: NFS_PORT, toPort: NFS_PORT, tags: this.#settings.tags };
    return [
      new aws.vpc.SecurityGroupEgressRule(
        `${this.#name}-functions-to-mount-targets`,
        {
          ...nfs,
          description: "NFS to the models' mount targets",
          securityGroupId: functions,
          referencedSecurityGroupId: mountTargets,
        },
        this.#child,
      ),
      new aws.vpc.SecurityGroupIngressRule(
        `${this.#name}-mount-targets-from-functions`,
        {
          ...nfs,
          description: "NFS from functions",
          securityGroupId: mountTargets,
          referencedSecurityGroupId: functions,
        },
        this.#child,
      ),
    ];
  }

  /** Denials only: a function's permissions come from its role. */
  #createPolicy(): aws.efs.FileSystemPolicy {
    const everyone = { Effect: "Deny", Principal: { AWS: "*" } } as const;
    return new aws.efs.FileSystemPolicy(
      this.#name,
      {
        fileSystemId: this.fileSystemId,
        policy: policyDocument(
          {
            Sid: "TlsOnly",
            ...everyone,
            Action: "*",
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
          {
            Sid: "AccessPointsOnly",
            ...everyone,
            Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
            Condition: {
              StringNotEquals: {
                "elasticfilesystem:AccessPointArn": [this.#readers.arn, this.#writers.arn],
              },
            },
          },
          {
            Sid: "ReadersDoNotWrite",
            ...everyone,
            Action: "elasticfilesystem:ClientWrite",
            Condition: { StringEquals: { "elasticfilesystem:AccessPointArn": this.#readers.arn } },
          },
          { Sid: "NoRoot", ...everyone, Action: "elasticfilesystem:ClientRootAccess" },
        ),
      },
      this.#part,
    );
  }

  /** Elastic throughput has no credits to use up; what slows it down is the limit on operations. */
  #createAlarm(topic: pulumi.Input<string>): void {
    const isElastic = !this.#settings.existingFileSystem && this.#settings.volumeThroughput === undefined;
    const efs = { namespace: "AWS/EFS", dimensions: { FileSystemId: this.fileSystemId } };
    const watched = isElastic
      ? {
          description: "The models' file system is near its limit on operations: models load slowly",
          metric: { ...efs, metricName: "PercentIOLimit", stat: "Maximum" },
          threshold: MAX_IO_PERCENT,
        }
      : {
          description: "The models' file system has used up its burst credits: models load slowly",
          metric: { ...efs, metricName: "BurstCreditBalance", stat: "Minimum" },
          comparisonOperator: "LessThanThreshold",
          threshold: MIN_BURST_CREDITS,
        };
    createAlarm(`${this.#name}-bursts`, { settings: this.#settings, topic }, watched, this);
  }

  #createBackup(): void {
    new aws.efs.BackupPolicy(
      this.#name,
      { fileSystemId: this.fileSystemId, backupPolicy: { status: "ENABLED" } },
      this.#part,
    );
  }
}
