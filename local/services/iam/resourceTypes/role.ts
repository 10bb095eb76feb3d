import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";
import { roleId } from "../roleId";

/** An IAM role. */
export const role: LegacyResourceType<Cloud> = {
  type: "aws:iam/role:Role",
  inputs: [
    "assumeRolePolicy",
    "description",
    "forceDetachPolicies",
    "inlinePolicies",
    "managedPolicyArns",
    "maxSessionDuration",
    "name",
    "namePrefix",
    "path",
    "permissionsBoundary",
    "tags",
  ],
  replaceOn: ["name", "namePrefix", "path"],
  autoName: { property: "name", maxLength: 64 },
  check(inputs) {
    const name = read.text(inputs, "name");
    if (name !== undefined && !/^[\w+=,.@-]{1,64}$/.test(name)) {
      throw new Error(`\`name\` "${name}" must be 1 to 64 letters, digits and any of +=,.@_-`);
    }
    // Ignored, they would grant too little or too much.
    for (const property of ["inlinePolicies", "managedPolicyArns", "permissionsBoundary"]) {
      if (inputs[property] === undefined || [inputs[property]].flat().length === 0) continue;
      throw new Error(
        `the local cloud does not know \`${property}\`: give a role its policies by RolePolicy and RolePolicyAttachment`,
      );
    }
  },
  outputs(inputs, resource, place) {
    const name = read.text(inputs, "name") ?? resource.name;
    const path = read.text(inputs, "path") ?? "/";
    return {
      forceDetachPolicies: false,
      maxSessionDuration: 3600,
      path,
      ...inputs,
      id: name,
      name,
      arn: `arn:aws:iam::${place.accountId}:role${path}${name}`,
      uniqueId: roleId(name),
      createDate: "1970-01-01T00:00:00Z",
      tagsAll: inputs.tags ?? {},
    };
  },
};
