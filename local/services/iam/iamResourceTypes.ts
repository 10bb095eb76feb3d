import type { Cloud } from "../../cloud/cloud";
import type { LegacyResourceType } from "../../resources/legacy";
import { policy } from "./resourceTypes/policy";
import { role } from "./resourceTypes/role";
import { rolePolicy } from "./resourceTypes/rolePolicy";
import { rolePolicyAttachment } from "./resourceTypes/rolePolicyAttachment";

/** What IAM brings to the local cloud. */
export const iamResourceTypes: readonly LegacyResourceType<Cloud>[] = [
  policy,
  role,
  rolePolicy,
  rolePolicyAttachment,
];
