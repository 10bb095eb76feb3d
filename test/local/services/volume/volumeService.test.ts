import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { NetworkService } from "../../../../local/services/network/networkService";
import { VolumeService } from "../../../../local/services/volume/volumeService";
import { temporaryFolder } from "../../../helpers/process/temporaryFolder";

const ARN = "arn:aws:elasticfilesystem:eu-west-1:123456789012";
const readers = {
  arn: `${ARN}:access-point/fsap-1`,
  fileSystemId: "fs-1",
  path: "/models",
  permissions: "0750",
};

describe("VolumeService", () => {
  let network: NetworkService;
  let volume: VolumeService;
  let dataDir: string;
  beforeEach(() => {
    dataDir = temporaryFolder();
    network = new NetworkService();
    network.putVpc("vpc-1", "10.0.0.0/16");
    network.putSubnet("subnet-a", "vpc-1", "eu-west-1a", "10.0.0.0/24");
    network.putSubnet("subnet-a2", "vpc-1", "eu-west-1a", "10.0.1.0/24");
    network.putSubnet("subnet-b", "vpc-1", "eu-west-1b", "10.0.2.0/24");
    volume = new VolumeService(dataDir, network);
    volume.putFileSystem("fs-1", `${ARN}:file-system/fs-1`);
    volume.putAccessPoint(readers);
  });

  it("makes an access point's folder with its mode at the first mount", () => {
    const folder = volume.folderOf(readers.arn);
    assert.equal(folder, path.join(dataDir, "fs-1", "models"));
    assert.equal(fs.statSync(folder).mode & 0o777, 0o750);
  });

  it("leaves the mode of an existing folder", () => {
    fs.mkdirSync(path.join(dataDir, "fs-1", "models"), { mode: 0o700 });
    assert.equal(fs.statSync(volume.folderOf(readers.arn)).mode & 0o777, 0o700);
  });

  it("rejects the mount of a missing folder without `creationInfo`", () => {
    volume.putAccessPoint({ ...readers, permissions: undefined });
    assert.throws(() => volume.folderOf(readers.arn), {
      code: "EFSMountFailureException",
      status: 403,
      message: `the folder /models of access point ${readers.arn} does not exist, and it has no \`creationInfo\` to make it by.`,
    });
  });

  it("rejects the mount of an access point that is not declared", () => {
    volume.deleteAccessPoint(readers.arn);
    assert.throws(() => volume.folderOf(readers.arn), {
      message: `AccessPointNotFound: Access point '${readers.arn}' does not exist.`,
    });
  });

  it("accepts a function in any subnet of zones that have a mount target", () => {
    volume.putMountTarget("fsmt-a", "fs-1", "subnet-a");
    volume.putMountTarget("fsmt-b", "fs-1", "subnet-b");
    assert.doesNotThrow(() => volume.checkMount(readers.arn, ["subnet-a2", "subnet-b"]));
  });

  it("rejects a function in a zone without a mount target, in AWS's words", () => {
    volume.putMountTarget("fsmt-a", "fs-1", "subnet-a");
    assert.throws(() => volume.checkMount(readers.arn, ["subnet-a", "subnet-b"]), {
      message: `InvalidParameterValueException: EFS file system ${ARN}:file-system/fs-1 referenced by access point ${readers.arn} does not have mount targets created in all availability zones the function will execute in. Please create EFS mount targets for each availability zone your function is configured to run in.`,
    });
  });

  it("assumes that a file system outside the program has its mount targets", () => {
    volume.putAccessPoint({ ...readers, fileSystemId: "fs-elsewhere" });
    assert.doesNotThrow(() => volume.checkMount(readers.arn, ["subnet-a"]));
  });

  it("accepts the mount targets of a One Zone file system in its zone only", () => {
    volume.putFileSystem("fs-zone", `${ARN}:file-system/fs-zone`, "eu-west-1a");
    assert.equal(volume.putMountTarget("fsmt-a", "fs-zone", "subnet-a"), "eu-west-1a");
    assert.throws(() => volume.putMountTarget("fsmt-b", "fs-zone", "subnet-b"), {
      message:
        "AvailabilityZonesMismatch: the file system is in eu-west-1a only, and the subnet in eu-west-1b: take a subnet in eu-west-1a",
    });
  });

  it("accepts one mount target a zone, of a declared file system", () => {
    volume.putMountTarget("fsmt-a", "fs-1", "subnet-a");
    assert.throws(() => volume.putMountTarget("fsmt-a2", "fs-1", "subnet-a2"), {
      message: "MountTargetConflict: mount target already exists in this AZ",
    });
    assert.throws(() => volume.putMountTarget("fsmt-x", "fs-2", "subnet-b"), {
      message: "FileSystemNotFound: File system 'fs-2' does not exist.",
    });
  });

  it("deletes a file system with its files, and not before its mount targets", () => {
    volume.putMountTarget("fsmt-a", "fs-1", "subnet-a");
    fs.writeFileSync(path.join(volume.folderOf(readers.arn), "model.onnx"), "");
    assert.throws(() => volume.deleteFileSystem("fs-1"), {
      message: "FileSystemInUse: The file system fs-1 has mount targets created in it.",
    });
    volume.deleteMountTarget("fsmt-a");
    volume.deleteFileSystem("fs-1");
    assert.deepEqual(fs.readdirSync(dataDir), []);
  });

  it("keeps a file system's files over a restart", () => {
    fs.writeFileSync(path.join(volume.folderOf(readers.arn), "model.onnx"), "");
    const again = new VolumeService(dataDir, network);
    again.putFileSystem("fs-1", `${ARN}:file-system/fs-1`);
    again.putAccessPoint(readers);
    assert.deepEqual(fs.readdirSync(again.folderOf(readers.arn)), ["model.onnx"]);
  });
});
