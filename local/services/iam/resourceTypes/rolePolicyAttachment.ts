import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { required } from "../../../resources/treatment";
import type { IamService } from "../iamService";

/** A managed policy on a role. */
export const rolePolicyAttachment = defineType<typeof aws.iam.RolePolicyAttachment, IamService>(
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  {
    properties: { policyArn: required, role: required },
    replaceOn: ["role", "policyArn"],
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
