import { resourceRule } from "../../lib/rule";

export const efsAccessPointUser = resourceRule({
  name: "efs-access-point-user",
  title: "An access point has a user, and not root",
  why: "Without one the function's own user decides; root reads and writes everything.",
  cure: "Set `posixUser` with a uid and a gid other than 0.",
  severity: "medium",
  url: "https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html",
  controls: ["EFS.4", "CKV_AWS_330"],
  types: ["aws:efs/accessPoint:AccessPoint"],
  check({ props: { posixUser } }) {
    if (posixUser === undefined) return { found: "no user", allowed: "a uid other than 0" };
    const { uid, gid } = posixUser;
    return uid !== 0 && gid !== 0 ? undefined : { found: `uid ${uid}, gid ${gid}`, allowed: "other than 0" };
  },
});
