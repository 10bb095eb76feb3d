import type { ResourceType } from "../../resources/resourceType";
import type { IamService } from "./iamService";
import { policy } from "./resourceTypes/policy";
import { role } from "./resourceTypes/role";
import { rolePolicy } from "./resourceTypes/rolePolicy";
import { rolePolicyAttachment } from "./resourceTypes/rolePolicyAttachment";

/** The resource types of IAM. */
export const iamResourceTypes: readonly ResourceType<IamService>[] = [
  policy,
  role,
  rolePolicy,
  rolePolicyAttachment,
];
