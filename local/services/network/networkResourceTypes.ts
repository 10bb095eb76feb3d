import type { Cloud } from "../../cloud/cloud";
import type { LegacyResourceType } from "../../resources/legacy";
import { defaultSecurityGroup } from "./resourceTypes/defaultSecurityGroup";
import { eip } from "./resourceTypes/eip";
import { flowLog } from "./resourceTypes/flowLog";
import { internetGateway } from "./resourceTypes/internetGateway";
import { natGateway } from "./resourceTypes/natGateway";
import { route } from "./resourceTypes/route";
import { routeTable } from "./resourceTypes/routeTable";
import { routeTableAssociation } from "./resourceTypes/routeTableAssociation";
import { securityGroup } from "./resourceTypes/securityGroup";
import { securityGroupEgressRule } from "./resourceTypes/securityGroupEgressRule";
import { securityGroupIngressRule } from "./resourceTypes/securityGroupIngressRule";
import { subnet } from "./resourceTypes/subnet";
import { vpc } from "./resourceTypes/vpc";
import { vpcEndpoint } from "./resourceTypes/vpcEndpoint";

/** What EC2's networks bring to the local cloud. */
export const networkResourceTypes: readonly LegacyResourceType<Cloud>[] = [
  defaultSecurityGroup,
  eip,
  flowLog,
  internetGateway,
  natGateway,
  route,
  routeTable,
  routeTableAssociation,
  securityGroup,
  securityGroupEgressRule,
  securityGroupIngressRule,
  subnet,
  vpc,
  vpcEndpoint,
];
