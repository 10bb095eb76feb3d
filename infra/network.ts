import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { logGroupArn } from "./arns";
import { createLogGroup } from "./logGroup";
import { policyDocument } from "./policyDocument";
import { createS3Endpoint } from "./s3Endpoint";
import { createServiceRole } from "./serviceRole";
import type { Egress, Settings } from "./settings";

export interface NetworkArgs {
  readonly settings: Settings;
}

/** The arguments that a function needs to run inside the network. */
export interface VpcAttachment {
  /** One in each zone. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly securityGroupIds: readonly pulumi.Input<string>[];
  /** Whether, and how, functions reach the internet. */
  readonly egress: Egress;
  /** Resources that must exist before a function in the network works. */
  readonly dependsOn: readonly pulumi.Resource[];
}

const CIDR_BLOCK = "10.0.0.0/16";

/**
 * Room for 4 zones whatever `zones` says, and the same subnets for every egress: a changed setting must not replace
 * subnets, and with them mount targets and functions.
 */
const ZONE_MASK = 18;
const SUBNETS: awsx.types.input.ec2.SubnetSpecArgs[] = [
  { type: "Private", cidrMask: 20 },
  { type: "Public", cidrMask: 24 },
];

const NAT_STRATEGY = { none: "None", single: "Single", "per-zone": "OnePerAz" } as const;

/**
 * The VPC that functions with a file system run in, or an existing one (settings `vpcId`, `privateSubnetIds`), and
 * the security group of those functions.
 *
 * On `pulumi destroy` AWS keeps the network interfaces of deleted functions for 20 to 45 minutes, and the subnets
 * and security groups wait for them: nothing a program does makes that shorter.
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** Private subnets, one in each zone: as many as the settings say, so that no resource is created inside `apply`. */
  readonly subnetIds: readonly pulumi.Output<string>[];
  readonly functionSecurityGroup: aws.ec2.SecurityGroup;
  readonly attachment: VpcAttachment;

  readonly #settings: Settings;
  readonly #child: pulumi.CustomResourceOptions = { parent: this };
  readonly #name: string;

  constructor(name: string, { settings }: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("paddock:index:Network", name, {}, opts);
    this.#name = name;
    this.#settings = settings;
    const { vpcId, subnetIds, s3PrefixListId, dependsOn } = settings.existingVpc
      ? this.#useVpc(settings.existingVpc)
      : this.#createVpc();
    this.vpcId = vpcId;
    this.subnetIds = subnetIds;
    this.functionSecurityGroup = new aws.ec2.SecurityGroup(
      `${name}-functions`,
      { description: "Functions in the network", vpcId, tags: settings.tags },
      this.#child,
    );
    const rules = this.#createEgressRules(s3PrefixListId);
    this.attachment = {
      subnetIds,
      securityGroupIds: [this.functionSecurityGroup.id],
      egress: settings.egress,
      dependsOn: [...dependsOn, ...rules],
    };
    this.registerOutputs({ vpcId });
  }

  #useVpc({ vpcId, subnetIds }: { vpcId: string; subnetIds: readonly string[] }) {
    const region = aws.getRegionOutput({}, { parent: this }).region;
    const name = pulumi.interpolate`com.amazonaws.${region}.s3`;
    return {
      vpcId: pulumi.output(vpcId),
      subnetIds: subnetIds.map((id) => pulumi.output(id)),
      s3PrefixListId: aws.ec2.getManagedPrefixListOutput({ name }, { parent: this }).id,
      dependsOn: [],
    };
  }

  #createVpc() {
    const { zones, availabilityZones, egress, flowLogs, tags } = this.#settings;
    if (availabilityZones) this.#requireZones(availabilityZones);
    const vpc = new awsx.ec2.Vpc(
      this.#name,
      {
        cidrBlock: CIDR_BLOCK,
        availabilityZoneCidrMask: ZONE_MASK,
        ...(availabilityZones
          ? { availabilityZoneNames: [...availabilityZones] }
          : { numberOfAvailabilityZones: zones }),
        subnetStrategy: "Auto",
        subnetSpecs: SUBNETS,
        natGateways: { strategy: NAT_STRATEGY[egress] },
        enableDnsHostnames: true,
        tags,
      },
      { parent: this },
    );
    // Nothing uses the VPC's default security group; a resource that gets it by mistake must reach nothing.
    new aws.ec2.DefaultSecurityGroup(this.#name, { vpcId: vpc.vpcId, tags }, this.#child);
    const s3 = createS3Endpoint(`${this.#name}-s3`, vpc, this.#settings, this.#child);
    if (flowLogs) this.#createFlowLogs(vpc.vpcId);
    return {
      vpcId: vpc.vpcId,
      // By the subnets themselves: the resource graph then shows which of the VPC's subnets are meant before they have
      // ids.
      subnetIds: Array.from({ length: zones }, (_, zone) =>
        vpc.privateSubnets.apply((subnets) => (subnets[zone] as aws.ec2.Subnet).id),
      ),
      s3PrefixListId: s3.prefixListId,
      dependsOn: [s3],
    };
  }

  /** Fails the program, already in a preview, if the region lacks one of the zones. */
  #requireZones(zones: readonly string[]): void {
    const { names } = aws.getAvailabilityZonesOutput(
      { state: "available", filters: [{ name: "zone-type", values: ["availability-zone"] }] },
      { parent: this },
    );
    names.apply((existing) => {
      const missing = zones.filter((zone) => !existing.includes(zone));
      if (missing.length === 0) return;
      throw new Error(
        `Setting \`availabilityZones\` names ${missing.join(", ")}; the region's zones are ${existing.join(", ")}.`,
      );
    });
  }

  #createFlowLogs(vpcId: pulumi.Output<string>): void {
    const name = `${this.#name}-flow-logs`;
    const role = createServiceRole(
      name,
      {
        settings: this.#settings,
        description: "The VPC writes its flow logs",
        service: "vpc-flow-logs.amazonaws.com",
        // Flow logs of other accounts cannot use the role.
        condition: {
          StringEquals: { "aws:SourceAccount": aws.getCallerIdentityOutput({}, { parent: this }).accountId },
        },
      },
      this.#child,
    );
    const logGroup = createLogGroup(name, role.name, this.#settings, this.#child);
    const arn = logGroupArn(logGroup, { parent: this });
    const rolePolicy = new aws.iam.RolePolicy(
      name,
      {
        role: role.id,
        policy: policyDocument({
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
          Resource: [arn, pulumi.interpolate`${arn}:*`],
        }),
      },
      this.#child,
    );
    new aws.ec2.FlowLog(
      name,
      {
        vpcId,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: logGroup.arn,
        iamRoleArn: role.arn,
        tags: this.#settings.tags,
      },
      { ...this.#child, dependsOn: [rolePolicy] },
    );
  }

  /** Rules are separate resources: rules inside a group conflict with rules that others add to it. */
  #createEgressRules(s3PrefixListId: pulumi.Output<string>): pulumi.Resource[] {
    const allow = (
      to: string,
      port: number,
      target: { prefixListId: pulumi.Input<string> } | { cidrIpv4: string },
      description: string,
    ) =>
      new aws.vpc.SecurityGroupEgressRule(
        `${this.#name}-functions-to-${to}`,
        {
          securityGroupId: this.functionSecurityGroup.id,
          description,
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          ...target,
          tags: this.#settings.tags,
        },
        this.#child,
      );
    const s3 = allow("s3", 443, { prefixListId: s3PrefixListId }, "S3, over its gateway endpoint");
    if (this.#settings.egress === "none") return [s3];
    const anywhere = { cidrIpv4: "0.0.0.0/0" };
    return [
      s3,
      allow("http", 80, anywhere, "Addresses that callers name"),
      allow("https", 443, anywhere, "Addresses that callers name"),
    ];
  }
}
