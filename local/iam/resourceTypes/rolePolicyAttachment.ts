import { read } from "../../read";
import type { ResourceType } from "../../resourceType";

/** A managed policy on a role. */
export const rolePolicyAttachment: ResourceType = {
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  inputs: ["policyArn", "role"],
  replaceOn: ["role", "policyArn"],
  outputs(inputs) {
    return { ...inputs, id: `${read.text(inputs, "role")}/${read.text(inputs, "policyArn")}` };
  },
};
