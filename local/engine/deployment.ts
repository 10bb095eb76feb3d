import { resourceTypeOf } from "../cloud/resourceTypes";
import type { Declared } from "../resources/declared";

/** A resource in the local cloud, with what a delete or a restart needs to know of it. */
export type Deployment = Pick<Declared, "urn" | "type" | "name" | "inputs" | "outputs">;

/** A resource as its type takes it; only the engine knows who refers to whom. */
export function declaredOf({ urn, type, name, inputs, outputs }: Deployment): Declared {
  return { urn, type, name, inputs, outputs, custom: true, dependencies: [], propertyDependencies: {} };
}

/** Whether AWS deletes `member` together with `owner`: the engine does not, where the program has `deletedWith`. */
export function deletedWithOwner(member: Deployment, owner: Deployment): boolean {
  const { deletedWith } = resourceTypeOf(member.type, member.name);
  return deletedWith?.type === owner.type && member.inputs[deletedWith.property] === owner.outputs.id;
}
