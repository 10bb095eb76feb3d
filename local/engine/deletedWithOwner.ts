import { resourceTypeOf } from "../cloud/resourceTypes";
import type { Standing } from "./journal";

/** What AWS deletes together with its owner: type of the owner, type of the member, the member's property that names it. */
const MEMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "aws:efs/fileSystem:FileSystem": {
    "aws:efs/backupPolicy:BackupPolicy": "fileSystemId",
    "aws:efs/fileSystemPolicy:FileSystemPolicy": "fileSystemId",
  },
};

/** Whether AWS deletes `member` when it deletes `owner`: a program says so by `deletedWith`, and nobody else deletes it then. */
export function deletedWithOwner(member: Standing, owner: Standing): boolean {
  const { deletedWith } = resourceTypeOf(member.type, member.name);
  const property =
    deletedWith?.type === owner.type ? deletedWith.property : MEMBERS[owner.type]?.[member.type];
  return property !== undefined && member.inputs[property] === owner.outputs.id;
}
