import { isSet } from "../../lib/isSet";
import { stackRule } from "../../lib/rule";

const NFS_PORT = 2049;

export const efsNfsSources = stackRule({
  name: "efs-nfs-sources",
  title: "Mount targets take NFS only from security groups",
  why: "A range of addresses lets in whatever is started in it later; other ports have no use here.",
  cure: "Allow tcp 2049 from the functions' security group (`referencedSecurityGroupId`), nothing else.",
  severity: "medium",
  tier: "advice",
  url: "https://docs.aws.amazon.com/efs/latest/ug/network-access.html",
  types: ["aws:efs/mountTarget:MountTarget"],
  check(target, { stack }) {
    const groups = stack.references(target, "aws:ec2/securityGroup:SecurityGroup", "securityGroups");
    // Existing groups are not this stack's to judge.
    if (groups.length === 0 && isSet(target.props, "securityGroups")) return undefined;
    if (groups.length === 0) return { found: "the default security group", allowed: "a security group" };
    return groups
      .flatMap((group) =>
        stack.referring(
          group,
          "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
          "securityGroupId",
        ),
      )
      .filter(({ props: { ipProtocol, fromPort, toPort, cidrIpv4, cidrIpv6 } }) => {
        const isNfs = ipProtocol === "tcp" && fromPort === NFS_PORT && toPort === NFS_PORT;
        return !isNfs || cidrIpv4 !== undefined || cidrIpv6 !== undefined;
      })
      .map(({ name, props: { ipProtocol, fromPort, toPort, cidrIpv4, cidrIpv6 } }) => ({
        found: `${name}: ${ipProtocol} ${fromPort}-${toPort} from ${cidrIpv4 ?? cidrIpv6 ?? "a security group"}`,
        allowed: `tcp ${NFS_PORT} from a security group`,
      }));
  },
});
