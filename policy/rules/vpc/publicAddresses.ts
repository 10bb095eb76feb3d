import { resourceRule } from "../../lib/rule";

export const vpcPublicAddresses = resourceRule({
  name: "vpc-public-addresses",
  title: "A subnet gives no public addresses",
  why: "What is started in it by mistake is on the internet. awsx's public subnets, which hold only NAT gateways, always do, so it is off; functions and mount targets have rules of their own.",
  cure: "Set `mapPublicIpOnLaunch` to false.",
  severity: "low",
  tier: "optional",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-15",
  controls: ["EC2.15", "CKV_AWS_130"],
  types: ["aws:ec2/subnet:Subnet"],
  check({ props: { mapPublicIpOnLaunch } }) {
    return mapPublicIpOnLaunch ? { found: "public addresses", allowed: "none" } : undefined;
  },
});
