import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";

/** A managed policy on a role. */
export const rolePolicyAttachment: LegacyResourceType<Cloud> = {
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  inputs: ["policyArn", "role"],
  replaceOn: ["role", "policyArn"],
  outputs(inputs) {
    return { ...inputs, id: `${read.text(inputs, "role")}/${read.text(inputs, "policyArn")}` };
  },
  async create({ inputs }, cloud) {
    cloud.iam.attachPolicy(read.required(inputs, "role"), read.required(inputs, "policyArn"));
    return undefined;
  },
  async delete({ inputs }, cloud) {
    cloud.iam.detachPolicy(read.required(inputs, "role"), read.required(inputs, "policyArn"));
  },
};
