import assert from "node:assert/strict";
import { validateAgainst } from "../../../local/cloud/validateAgainst";
import type { Declared } from "../../../local/resources/declared";
import type { Properties } from "../../../local/resources/value";
import { UNKNOWN } from "../../../local/resources/value";
import { declared } from "../../helpers/program/declared";

const FUNCTION = "aws:lambda/function:Function";

const layer = (name: string, compatibleArchitectures?: string[]) =>
  declared("aws:lambda/layerVersion:LayerVersion", name, {
    layerName: name,
    s3Bucket: "packages",
    s3Key: name,
    compatibleArchitectures,
  });
const fn = (more: Properties) =>
  declared(FUNCTION, "f", {
    ...{
      name: "f",
      runtime: "nodejs22.x",
      handler: "index.handler",
      s3Bucket: "packages",
      s3Key: "f",
      role: "r",
    },
    architectures: ["arm64"],
    ...more,
  });
const url = (authorizationType: string) =>
  declared("aws:lambda/functionUrl:FunctionUrl", "url", {
    functionName: "f",
    qualifier: "live",
    authorizationType,
  });
const permission = (action: string, more: Properties) =>
  declared("aws:lambda/permission:Permission", action, {
    ...{ action, function: "f", qualifier: "live", principal: "*", statementId: action },
    ...more,
  });
const logGroup = (name: string, physical: string) =>
  declared("aws:cloudwatch/logGroup:LogGroup", name, { name: physical });

const fileSystem = declared("aws:efs/fileSystem:FileSystem", "models", {});
const accessPoint = (fileSystemId: unknown) =>
  declared("aws:efs/accessPoint:AccessPoint", "readers", { fileSystemId });
const mountTarget = (fileSystemId: unknown) =>
  declared("aws:efs/mountTarget:MountTarget", "models-1", { fileSystemId, subnetId: "subnet-1" });
const mounting = (arn: unknown) =>
  fn({
    fileSystemConfig: { arn, localMountPath: "/mnt/models" },
    vpcConfig: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
  });

/** Gives a resource as a preview has it: without what AWS adds. */
const unmade = (resource: Declared): Declared => ({ ...resource, outputs: resource.inputs });

function check(resource: Declared, others: readonly Declared[], complete = true): void {
  validateAgainst(resource, {
    of: (type) => [...others, resource].filter((other) => other.type === type),
    complete,
  });
}

describe("a resource among others", () => {
  it("is rejected a name that another one has, and not its own", () => {
    assert.throws(() => check(logGroup("b", "/logs"), [logGroup("a", "/logs")]), {
      message:
        '`name` "/logs" exists already, as "a" of paddock/test: choose another, or give a renamed resource an alias',
    });
    check(logGroup("a", "/logs"), [logGroup("a", "/logs"), logGroup("b", "/other")]);
  });

  describe("a function with a layer", () => {
    const intel = layer("sharp", ["x86_64"]);
    const message = '`layers` has "sharp", for x86_64; the function is for arm64: make both for one';

    it("is rejected one of another architecture", () => {
      assert.throws(() => check(fn({ layers: [intel.outputs.arn] }), [intel]), { message });
      check(fn({ layers: [intel.outputs.arn], architectures: ["x86_64"] }), [intel]);
      check(fn({ layers: [intel.outputs.arn], architectures: undefined }), [intel]);
    });

    it("may have one that says nothing, that is for both, or that is not of the program", () => {
      for (const other of [layer("any"), layer("both", ["x86_64", "arm64"])]) {
        check(fn({ layers: [other.outputs.arn] }), [intel, other]);
      }
      check(fn({ layers: ["arn:aws:lambda:eu-west-1:1:layer:elsewhere:1"] }), [intel]);
    });

    it("is rejected, before the layer is made, where none of the planned layers fits", () => {
      assert.throws(() => check(fn({ layers: [UNKNOWN] }), [unmade(intel)]), { message });
      assert.throws(() => check(fn({ layers: UNKNOWN }), [unmade(intel)]), { message });
      check(fn({ layers: [UNKNOWN] }), [unmade(intel), unmade(layer("onnx", ["arm64"]))]);
      check(fn({ layers: [UNKNOWN] }), [intel]);
      check(fn({ layers: [UNKNOWN], architectures: UNKNOWN }), [unmade(intel)]);
    });
  });

  describe("a function with a file system", () => {
    const message =
      '`fileSystemConfig`: the file system of "readers" has no mount target: make one in each zone of the function, and name them in its `dependsOn`';
    const { id } = fileSystem.outputs;
    const known = accessPoint(id);

    it("is rejected one without a mount target", () => {
      const mounted = mounting(known.outputs.arn);
      assert.throws(() => check(mounted, [fileSystem, known]), { message });
      assert.throws(() => check(mounted, [fileSystem, known, mountTarget("fs-other")]), { message });
      check(mounted, [fileSystem, known, mountTarget(id)]);
    });

    it("may have one that is not of the program", () => {
      const elsewhere = accessPoint("fs-elsewhere");
      check(mounting(elsewhere.outputs.arn), [elsewhere]);
      check(mounting(UNKNOWN), [unmade(elsewhere)]);
    });

    it("is rejected, before it is made, one to which no mount target is to be made", () => {
      const planned = [unmade(fileSystem), unmade(accessPoint(UNKNOWN))];
      assert.throws(() => check(mounting(UNKNOWN), planned), { message });
      assert.throws(() => check(mounting(UNKNOWN), [...planned, mountTarget("fs-other")]), { message });
      check(mounting(UNKNOWN), [...planned, unmade(mountTarget(UNKNOWN))]);
    });
  });

  describe("a public URL", () => {
    const both = [
      permission("lambda:InvokeFunctionUrl", { functionUrlAuthType: "NONE" }),
      permission("lambda:InvokeFunction", { invokedViaFunctionUrl: true }),
    ];

    it("is rejected without both permissions on its qualifier", () => {
      const elsewhere = both.map((one) => ({ ...one, outputs: { ...one.outputs, qualifier: "other" } }));
      assert.throws(() => check(url("NONE"), elsewhere), {
        message:
          "every caller would get 403: the public URL has no permission for lambda:InvokeFunctionUrl and lambda:InvokeFunction on qualifier live",
      });
      check(url("NONE"), both);
      check(url("AWS_IAM"), []);
    });

    it("is taken as it is where its permissions may still come", () => {
      check(url("NONE"), [], false);
    });
  });
});
