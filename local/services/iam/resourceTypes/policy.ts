import { hash } from "node:crypto";
import type * as aws from "@pulumi/aws";
import { nameOf } from "../../../resources/autoName";
import { defineType } from "../../../resources/resourceType";
import { inert, inertTags, required, served } from "../../../resources/treatment";
import { preview } from "../../../resources/value";
import { checkPolicyDocument } from "../checkPolicyDocument";
import { documentText } from "../documentText";
import type { IamService } from "../iamService";

/** A managed policy. */
export const policy = defineType<typeof aws.iam.Policy, IamService>("aws:iam/policy:Policy", {
  properties: {
    delayAfterPolicyCreationInMs: inert("a policy is in force at once here"),
    description: inert("a text for people"),
    name: served,
    namePrefix: served,
    path: served,
    policy: required,
    tags: inertTags,
  },
  replaceOn: ["name", "namePrefix", "path", "description"],
  autoName: { property: "name", maxLength: 128 },
  check: (inputs) => checkPolicyDocument(inputs.policy, "identity"),
  outputs(inputs, resource, place) {
    const name = nameOf(inputs.name, inputs.namePrefix, resource);
    const path = inputs.path ?? "/";
    const arn = preview`arn:aws:iam::${place.accountId}:policy${path}${name}`;
    return {
      namePrefix: inputs.namePrefix ?? "",
      path,
      policy: documentText(inputs.policy),
      id: arn,
      name,
      arn,
      policyId: `ANPA${hash("sha256", String(name)).slice(0, 17).toUpperCase()}`,
      attachmentCount: 0,
      tagsAll: inputs.tags ?? {},
    };
  },
  async create({ inputs, outputs }, iam) {
    iam.putManagedPolicy(outputs.arn, inputs.policy);
    return undefined;
  },
  async delete({ outputs }, iam) {
    iam.deleteManagedPolicy(outputs.arn);
  },
});
