import { stackRule } from "../../lib/rule";
import { functionSubnets } from "../../lib/subnets";

export const requirePrivateSubnets = stackRule({
  name: "vpc-private-subnets",
  title: "Functions run in private subnets of several zones",
  why: "A function in a public subnet gets no public address and so no internet either; in one zone it fails with it.",
  cure: "Name private subnets of at least two zones in `vpcConfig.subnetIds`.",
  severity: "medium",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html",
  controls: ["Lambda.5", "EC2.15", "CKV_AWS_130"],
  types: ["aws:lambda/function:Function"],
  limits: { minZones: 2 },
  check(fn, { limits: { minZones }, stack }) {
    if (fn.props.vpcConfig === undefined) return undefined;
    const subnets = functionSubnets(fn, stack);
    const zones = new Set(subnets.map(({ props }) => props.availabilityZone));
    const open = subnets.filter(({ props }) => props.mapPublicIpOnLaunch);
    return [
      ...open.map(({ name }) => ({
        found: `subnet ${name} gives public addresses`,
        allowed: "private subnets",
      })),
      ...(zones.size < minZones
        ? [{ found: `subnets of the stack in ${zones.size} zones`, allowed: `at least ${minZones}` }]
        : []),
    ];
  },
});
