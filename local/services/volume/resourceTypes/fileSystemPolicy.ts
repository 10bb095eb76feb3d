import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";
import { checkPolicyDocument } from "../../iam/checkPolicyDocument";

/** Who may mount a file system, and how. */
export const fileSystemPolicy: LegacyResourceType<Cloud> = {
  type: "aws:efs/fileSystemPolicy:FileSystemPolicy",
  inputs: ["bypassPolicyLockoutSafetyCheck", "fileSystemId", "policy", "region"],
  replaceOn: ["fileSystemId", "region"],
  check: (inputs) => checkPolicyDocument(inputs.policy),
  outputs: (inputs, _resource, place) => ({
    ...inputs,
    id: read.text(inputs, "fileSystemId") ?? "",
    region: read.text(inputs, "region") ?? place.region,
  }),
};
