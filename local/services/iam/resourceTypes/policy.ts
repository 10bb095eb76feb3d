import { createHash } from "node:crypto";
import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";
import { checkIdentityPolicy } from "../checkIdentityPolicy";

/** A managed policy. */
export const policy: LegacyResourceType<Cloud> = {
  type: "aws:iam/policy:Policy",
  inputs: ["delayAfterPolicyCreationInMs", "description", "name", "namePrefix", "path", "policy", "tags"],
  replaceOn: ["name", "namePrefix", "path", "description"],
  autoName: { property: "name", maxLength: 128 },
  check: checkIdentityPolicy,
  outputs(inputs, resource, place) {
    const name = read.text(inputs, "name") ?? resource.name;
    const path = read.text(inputs, "path") ?? "/";
    const arn = `arn:aws:iam::${place.accountId}:policy${path}${name}`;
    return {
      path,
      ...inputs,
      id: arn,
      name,
      arn,
      policyId: `ANPA${createHash("sha256").update(name).digest("hex").slice(0, 17).toUpperCase()}`,
      attachmentCount: 0,
      tagsAll: inputs.tags ?? {},
    };
  },
  async create({ inputs, outputs }, cloud) {
    cloud.iam.putManagedPolicy(read.required(outputs, "arn"), inputs.policy);
    return undefined;
  },
  async delete({ outputs }, cloud) {
    cloud.iam.deleteManagedPolicy(read.required(outputs, "arn"));
  },
};
