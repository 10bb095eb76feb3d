import type * as aws from "@pulumi/aws";
import { nameOf } from "../../../resources/autoName";
import { defineType } from "../../../resources/resourceType";
import { required, served } from "../../../resources/treatment";
import { checkPolicyDocument } from "../checkPolicyDocument";
import { documentText } from "../documentText";
import type { IamService } from "../iamService";

/** A policy that is part of a role. */
export const rolePolicy = defineType<typeof aws.iam.RolePolicy, IamService>("aws:iam/rolePolicy:RolePolicy", {
  properties: { name: served, namePrefix: served, policy: required, role: required },
  replaceOn: ["name", "namePrefix", "role"],
  autoName: { property: "name", maxLength: 128, within: "role" },
  check: (inputs) => checkPolicyDocument(inputs.policy, "identity"),
  outputs(inputs, resource) {
    const name = nameOf(inputs.name, inputs.namePrefix, resource);
    return {
      namePrefix: inputs.namePrefix ?? "",
      policy: documentText(inputs.policy),
      id: `${String(inputs.role)}:${String(name)}`,
      name,
    };
  },
  async create({ inputs, outputs }, iam) {
    iam.putRolePolicy(inputs.role, outputs.name, inputs.policy);
    return undefined;
  },
  async delete({ inputs, outputs }, iam) {
    iam.deleteRolePolicy(inputs.role, outputs.name);
  },
});
