import type { Cloud } from "../../cloud/cloud";
import type { LegacyResourceType } from "../../resources/legacy";
import { read } from "../../resources/read";
import { ec2Resource } from "./ec2Resource";

const PEERS = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

/** One rule of a security group; both directions have the same properties. */
export function securityGroupRule(type: string): LegacyResourceType<Cloud> {
  return ec2Resource({
    type,
    prefix: "sgr",
    arn: "security-group-rule",
    inputs: [...PEERS, "description", "fromPort", "ipProtocol", "securityGroupId", "tags", "toPort"],
    replaceOn: ["securityGroupId"],
    check(inputs) {
      if (PEERS.filter((peer) => inputs[peer] !== undefined).length !== 1) {
        throw new Error(`exactly one of ${PEERS.map((peer) => `\`${peer}\``).join(", ")} must be set`);
      }
      const protocol = read.text(inputs, "ipProtocol");
      if ((protocol === "tcp" || protocol === "udp") && inputs.fromPort === undefined) {
        throw new Error(`\`ipProtocol\` ${protocol} needs \`fromPort\` and \`toPort\``);
      }
    },
    adds: (_inputs, id) => ({ securityGroupRuleId: id }),
  });
}
