import type { ResourceType } from "../../resources/resourceType";
import { policy } from "./resourceTypes/policy";
import { role } from "./resourceTypes/role";
import { rolePolicy } from "./resourceTypes/rolePolicy";
import { rolePolicyAttachment } from "./resourceTypes/rolePolicyAttachment";

/** What IAM brings to the local cloud. */
export const iamResourceTypes: readonly ResourceType[] = [policy, role, rolePolicy, rolePolicyAttachment];
