import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { required } from "../../../resources/treatment";
import { known } from "../../../resources/value";
import { awsManagedPolicy } from "../awsManagedPolicies";
import type { IamService } from "../iamService";
import { checkPolicyIsDeclared } from "./checkPolicyIsDeclared";

/** A managed policy on a role. */
export const rolePolicyAttachment = defineType<typeof aws.iam.RolePolicyAttachment, IamService>(
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  {
    properties: { policyArn: required, role: required },
    replaceOn: ["role", "policyArn"],
    check: (inputs) => void awsManagedPolicy(known(inputs.policyArn) ?? ""),
    validateAgainst: (inputs, siblings) => checkPolicyIsDeclared("policyArn", inputs.policyArn, siblings),
    outputs(inputs) {
      return { id: `${String(inputs.role)}/${String(inputs.policyArn)}` };
    },
    async create({ inputs }, iam) {
      iam.attachPolicy(inputs.role, inputs.policyArn);
      return undefined;
    },
    async delete({ inputs }, iam) {
      iam.detachPolicy(inputs.role, inputs.policyArn);
    },
  },
);
