import type * as aws from "@pulumi/aws";
import { nameOf } from "../../../resources/autoName";
import { defineType } from "../../../resources/resourceType";
import { inert, inertTags, refused, required, served } from "../../../resources/treatment";
import { known, preview } from "../../../resources/value";
import { documentText } from "../documentText";
import type { IamService } from "../iamService";
import { roleId } from "../roleId";

const byResources = "give a role its policies by RolePolicy and RolePolicyAttachment";

/** An IAM role. */
export const role = defineType<typeof aws.iam.Role, IamService>("aws:iam/role:Role", {
  properties: {
    assumeRolePolicy: required,
    description: inert("a text for people"),
    forceDetachPolicies: inert("a role is deleted here whatever is attached to it"),
    inlinePolicies: refused(byResources),
    managedPolicyArns: refused(byResources),
    maxSessionDuration: inert("a function's credentials are good for as long as it runs"),
    name: served,
    namePrefix: served,
    path: served,
    permissionsBoundary: refused("the local IAM has no permissions boundaries"),
    tags: inertTags,
  },
  replaceOn: ["name", "namePrefix", "path"],
  autoName: { property: "name", maxLength: 64 },
  check(inputs) {
    const name = known(inputs.name);
    if (name !== undefined && !/^[\w+=,.@-]{1,64}$/.test(name)) {
      throw new Error(`\`name\` "${name}" must be 1 to 64 letters, digits and any of +=,.@_-`);
    }
  },
  outputs(inputs, resource, place) {
    const name = nameOf(inputs.name, inputs.namePrefix, resource);
    const path = inputs.path ?? "/";
    return {
      forceDetachPolicies: inputs.forceDetachPolicies ?? false,
      maxSessionDuration: inputs.maxSessionDuration ?? 3600,
      namePrefix: inputs.namePrefix ?? "",
      assumeRolePolicy: documentText(inputs.assumeRolePolicy),
      inlinePolicies: [],
      managedPolicyArns: [],
      path,
      id: name,
      name,
      arn: preview`arn:aws:iam::${place.accountId}:role${path}${name}`,
      uniqueId: roleId(String(name)),
      createDate: "1970-01-01T00:00:00Z",
      tagsAll: inputs.tags ?? {},
    };
  },
});
