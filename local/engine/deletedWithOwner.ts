import { resourceTypeOf } from "../cloud/resourceTypes";
import type { Standing } from "./journal";

/** Whether AWS deletes `member` when it deletes `owner`: a program says so by `deletedWith`, and nobody else deletes it then. */
export function deletedWithOwner(member: Standing, owner: Standing): boolean {
  const { deletedWith } = resourceTypeOf(member.type, member.name);
  return deletedWith?.type === owner.type && member.inputs[deletedWith.property] === owner.outputs.id;
}
