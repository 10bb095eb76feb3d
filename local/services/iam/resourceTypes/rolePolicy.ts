import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";
import { checkIdentityPolicy } from "../checkIdentityPolicy";

/** A policy that is part of a role. */
export const rolePolicy: LegacyResourceType<Cloud> = {
  type: "aws:iam/rolePolicy:RolePolicy",
  inputs: ["name", "namePrefix", "policy", "role"],
  replaceOn: ["name", "namePrefix", "role"],
  autoName: { property: "name", maxLength: 128, within: "role" },
  check: checkIdentityPolicy,
  outputs(inputs, resource) {
    const name = read.text(inputs, "name") ?? resource.name;
    return { ...inputs, id: `${read.text(inputs, "role")}:${name}`, name };
  },
  async create({ inputs, outputs }, cloud) {
    cloud.iam.putRolePolicy(read.required(inputs, "role"), read.required(outputs, "name"), inputs.policy);
    return undefined;
  },
  async delete({ inputs, outputs }, cloud) {
    cloud.iam.deleteRolePolicy(read.required(inputs, "role"), read.required(outputs, "name"));
  },
};
