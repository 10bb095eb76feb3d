import type * as aws from "@pulumi/aws";
import { nameOf } from "../../../resources/autoName";
import { defineType } from "../../../resources/resourceType";
import { inert, nested, required, served } from "../../../resources/treatment";
import { known, type Preview, preview, UNKNOWN } from "../../../resources/value";
import { awsManagedPolicy } from "../awsManagedPolicies";
import { checkPolicyDocument } from "../checkPolicyDocument";
import { documentText } from "../documentText";
import type { IamService } from "../iamService";
import { roleId } from "../roleId";
import { checkPolicyIsDeclared } from "./checkPolicyIsDeclared";

/** An IAM role. */
export const role = defineType<typeof aws.iam.Role, IamService>("aws:iam/role:Role", {
  properties: {
    assumeRolePolicy: required,
    description: inert("a text for people"),
    forceDetachPolicies: inert("a role is deleted here whatever is attached to it"),
    inlinePolicies: nested({ name: served, policy: served }),
    managedPolicyArns: served,
    maxSessionDuration: inert("a function's credentials are good for as long as it runs"),
    name: served,
    namePrefix: served,
    path: served,
    permissionsBoundary: served,
    tags: served,
  },
  replaceOn: ["name", "namePrefix", "path"],
  autoName: { property: "name", maxLength: 64 },
  check(inputs) {
    const name = known(inputs.name);
    if (name !== undefined && !/^[\w+=,.@-]{1,64}$/.test(name)) {
      throw new Error(`\`name\` "${name}" must be 1 to 64 letters, digits and any of +=,.@_-`);
    }
    checkPolicyDocument(inputs.assumeRolePolicy, "trust");
    for (const one of known(inputs.inlinePolicies) ?? []) {
      const inline = known(one);
      if (inline?.policy !== undefined) checkPolicyDocument(inline.policy, "identity");
    }
    for (const arn of [...(known(inputs.managedPolicyArns) ?? []), inputs.permissionsBoundary]) {
      if (typeof arn === "string") awsManagedPolicy(arn);
    }
  },
  validateAgainst(inputs, siblings) {
    for (const arn of known(inputs.managedPolicyArns) ?? []) {
      checkPolicyIsDeclared("managedPolicyArns", arn, siblings);
    }
    if (inputs.permissionsBoundary !== undefined) {
      checkPolicyIsDeclared("permissionsBoundary", inputs.permissionsBoundary, siblings);
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
      inlinePolicies: known(inputs.inlinePolicies ?? [])?.map(named) ?? UNKNOWN,
      managedPolicyArns: inputs.managedPolicyArns ?? [],
      path,
      id: name,
      name,
      arn: preview`arn:aws:iam::${place.accountId}:role${path}${name}`,
      uniqueId: roleId(String(name)),
      createDate: "1970-01-01T00:00:00Z",
      tagsAll: inputs.tags ?? {},
    };
  },
  async create({ inputs, outputs }, iam) {
    const { inlinePolicies, managedPolicyArns, permissionsBoundary, tags } = inputs;
    iam.putRole(outputs.name, { inlinePolicies, managedPolicyArns, permissionsBoundary, tags });
    return undefined;
  },
  async delete({ outputs }, iam) {
    iam.deleteRole(outputs.name);
  },
});

type InlinePolicy = Preview<{ readonly name?: string; readonly policy?: string }>;

function named(policy: InlinePolicy): Preview<{ readonly name: string; readonly policy: string }> {
  if (policy === UNKNOWN) return UNKNOWN;
  return { name: policy.name ?? "", policy: policy.policy ?? "" };
}
