import type { ResourceType } from "../../resources/resourceType";
import type { NetworkService } from "./networkService";
import { flowLog } from "./resourceTypes/flowLog";
import { eip, internetGateway, natGateway } from "./resourceTypes/gateways";
import { route, routeTable, routeTableAssociation } from "./resourceTypes/routes";
import {
  defaultSecurityGroup,
  securityGroup,
  securityGroupEgressRule,
  securityGroupIngressRule,
} from "./resourceTypes/securityGroups";
import { subnet } from "./resourceTypes/subnet";
import { vpc } from "./resourceTypes/vpc";
import { vpcEndpoint } from "./resourceTypes/vpcEndpoint";

/** The resource types of EC2's networks. */
export const networkResourceTypes: readonly ResourceType<NetworkService>[] = [
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
