import { resourceRule } from "../../lib/rule";

export const efsAccessPointPermissions = resourceRule({
  name: "efs-access-point-permissions",
  title: "An access point's folder is not everyone's to write, and not root's",
  why: "Permissions such as 0777 let every user of the file system replace what the functions load.",
  cure: "Set `creationInfo.permissions` to 0755 or less, and an owner other than 0.",
  severity: "high",
  url: "https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html",
  types: ["aws:efs/accessPoint:AccessPoint"],
  check({ props: { rootDirectory } }) {
    const made = rootDirectory?.creationInfo;
    if (made === undefined) return undefined;
    const { permissions, ownerUid, ownerGid } = made;
    return [
      // The last digit is everyone's: 2 of it is to write.
      ...((Number(permissions.at(-1)) & 2) === 2
        ? [{ found: `permissions ${permissions}`, allowed: "none to write for others" }]
        : []),
      ...(ownerUid === 0 || ownerGid === 0
        ? [{ found: `owner ${ownerUid}:${ownerGid}`, allowed: "an owner other than 0" }]
        : []),
    ];
  },
});
