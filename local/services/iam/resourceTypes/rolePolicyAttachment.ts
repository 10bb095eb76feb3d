import { read } from "../../../resources/read";
import type { ResourceType } from "../../../resources/resourceType";

/** A managed policy on a role. */
export const rolePolicyAttachment: ResourceType = {
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
