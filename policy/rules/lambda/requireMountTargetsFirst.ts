import { stackRule } from "../../lib/rule";

export const requireMountTargetsFirst = stackRule({
  name: "lambda-after-mount-targets",
  title: "A function is made after the mount targets of its file system",
  why: "AWS refuses a function while not every mount target is available: the first `pulumi up` fails, the second succeeds.",
  cure: "Name the mount targets in the function's `dependsOn`.",
  severity: "high",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html",
  types: ["aws:lambda/function:Function"],
  check(fn, { stack }) {
    const [fileSystem] = stack.references(fn, "aws:efs/fileSystem:FileSystem", "fileSystemConfig");
    if (fileSystem === undefined) return undefined;
    const targets = stack.referring(fileSystem, "aws:efs/mountTarget:MountTarget", "fileSystemId");
    return targets
      .filter((target) => !stack.dependsOn(fn, target))
      .map(({ name }) => ({ found: `made before mount target ${name}`, allowed: "after all of them" }));
  },
});
