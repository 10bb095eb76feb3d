import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Network } from "./network";
import { policyDocument } from "./policyDocument";
import type { Settings } from "./settings";

export interface InterfaceEndpointArgs {
  readonly settings: Settings;
  readonly network: Network;
  /** AWS's name of the service, without the region, e.g. `sagemaker.runtime`. */
  readonly service: string;
  /** The only action that the endpoint lets through, and its resource. */
  readonly action: string;
  readonly resource: pulumi.Input<string>;
}

const HTTPS = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

/**
 * A service of AWS that functions in the network reach without the internet, by its usual name (about 7 USD a month
 * for each zone, and 0.01 USD a GB).
 */
export class InterfaceEndpoint extends pulumi.ComponentResource {
  /** Resources that must exist before the service can be reached. */
  readonly dependsOn: readonly pulumi.Resource[];

  constructor(name: string, args: InterfaceEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    super("paddock:index:InterfaceEndpoint", name, {}, opts);
    const { settings, network, service, action, resource } = args;
    const { tags } = settings;
    const child = { parent: this };
    const region = aws.getRegionOutput({}, child).region;

    const group = new aws.ec2.SecurityGroup(
      name,
      { description: `Endpoint of ${service}`, vpcId: network.vpcId, tags },
      child,
    );
    const fromFunctions = new aws.vpc.SecurityGroupIngressRule(
      name,
      {
        securityGroupId: group.id,
        description: "Functions in the network",
        ...HTTPS,
        referencedSecurityGroupId: network.functionSecurityGroup.id,
        tags,
      },
      child,
    );
    const toEndpoint = new aws.vpc.SecurityGroupEgressRule(
      name,
      {
        securityGroupId: network.functionSecurityGroup.id,
        description: `Endpoint of ${service}`,
        ...HTTPS,
        referencedSecurityGroupId: group.id,
        tags,
      },
      child,
    );
    const endpoint = new aws.ec2.VpcEndpoint(
      name,
      {
        vpcId: network.vpcId,
        vpcEndpointType: "Interface",
        serviceName: pulumi.interpolate`com.amazonaws.${region}.${service}`,
        subnetIds: [...network.subnetIds],
        securityGroupIds: [group.id],
        privateDnsEnabled: true,
        policy: policyDocument({ Effect: "Allow", Principal: "*", Action: action, Resource: resource }),
        tags,
      },
      child,
    );
    this.dependsOn = [fromFunctions, toEndpoint, endpoint];
    this.registerOutputs({ id: endpoint.id });
  }
}
