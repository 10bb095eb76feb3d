import type * as aws from "@pulumi/aws";
import { nameOf } from "../../../resources/autoName";
import { inert, inertTags, required, served } from "../../../resources/treatment";
import { known } from "../../../resources/value";
import { ec2Resource } from "../ec2Resource";
import { exactlyOne } from "../exactlyOne";
import { NO_FILTER } from "../reasons";

/** Who may connect to what is in a VPC; checked as AWS does, although nothing is filtered. */

const NO_DEFAULT_VPC = "`vpcId` is missing: there is no default VPC here";

export const securityGroup = ec2Resource<typeof aws.ec2.SecurityGroup>(
  "aws:ec2/securityGroup:SecurityGroup",
  {
    prefix: "sg",
    properties: {
      description: served,
      egress: inert(NO_FILTER),
      ingress: inert(NO_FILTER),
      name: served,
      namePrefix: served,
      region: served,
      revokeRulesOnDelete: inert(NO_FILTER),
      tags: inertTags,
      vpcId: served,
    },
    replaceOn: ["description", "name", "namePrefix", "vpcId"],
    autoName: { property: "name", maxLength: 255 },
    check({ name, description, vpcId }) {
      if (known(name)?.startsWith("sg-")) {
        throw new Error(`\`name\` "${String(name)}" must not begin with sg-`);
      }
      const text = known(description);
      if (text !== undefined && !/^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/.test(text)) {
        throw new Error(
          "`description` must be 1 to 255 letters, digits, blanks and any of ._-:/()#,@[]+=&;{}!$*",
        );
      }
      if (vpcId === undefined) throw new Error(NO_DEFAULT_VPC);
    },
    outputs: (inputs, { arn, resource }, { accountId }) => ({
      arn: arn("security-group"),
      description: inputs.description ?? "Managed by Pulumi",
      egress: inputs.egress ?? [],
      ingress: inputs.ingress ?? [],
      name: nameOf(inputs.name, inputs.namePrefix, resource),
      namePrefix: inputs.namePrefix ?? "",
      ownerId: accountId,
      revokeRulesOnDelete: inputs.revokeRulesOnDelete ?? false,
      vpcId: inputs.vpcId ?? "",
    }),
  },
);

/** The security group that every VPC comes with, taken over: rules that are not declared are gone. */
export const defaultSecurityGroup = ec2Resource<typeof aws.ec2.DefaultSecurityGroup>(
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  {
    prefix: "sg",
    properties: {
      egress: inert(NO_FILTER),
      ingress: inert(NO_FILTER),
      region: served,
      revokeRulesOnDelete: inert(NO_FILTER),
      tags: inertTags,
      vpcId: served,
    },
    replaceOn: ["vpcId"],
    check({ vpcId }) {
      if (vpcId === undefined) throw new Error(NO_DEFAULT_VPC);
    },
    outputs: (inputs, { arn }, { accountId }) => ({
      arn: arn("security-group"),
      description: "default VPC security group",
      egress: inputs.egress ?? [],
      ingress: inputs.ingress ?? [],
      name: "default",
      namePrefix: "",
      ownerId: accountId,
      revokeRulesOnDelete: inputs.revokeRulesOnDelete ?? false,
      vpcId: inputs.vpcId ?? "",
    }),
  },
);

const checkPeer = exactlyOne("cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId");

/** One rule of a security group; both directions have the same properties. */
const securityGroupRule = (type: string) =>
  ec2Resource<typeof aws.vpc.SecurityGroupEgressRule | typeof aws.vpc.SecurityGroupIngressRule>(type, {
    prefix: "sgr",
    properties: {
      cidrIpv4: inert(NO_FILTER),
      cidrIpv6: inert(NO_FILTER),
      description: served,
      fromPort: inert(NO_FILTER),
      ipProtocol: required,
      prefixListId: inert(NO_FILTER),
      referencedSecurityGroupId: inert(NO_FILTER),
      region: served,
      securityGroupId: required,
      tags: inertTags,
      toPort: inert(NO_FILTER),
    },
    replaceOn: ["securityGroupId"],
    check(inputs) {
      checkPeer(inputs);
      const { ipProtocol, fromPort, toPort } = inputs;
      if (
        (ipProtocol === "tcp" || ipProtocol === "udp") &&
        (fromPort === undefined || toPort === undefined)
      ) {
        throw new Error(`\`ipProtocol\` ${ipProtocol} needs \`fromPort\` and \`toPort\``);
      }
    },
    outputs: (_inputs, { id, arn }) => ({ arn: arn("security-group-rule"), securityGroupRuleId: id }),
  });

export const securityGroupEgressRule = securityGroupRule(
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
);
export const securityGroupIngressRule = securityGroupRule(
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
);
