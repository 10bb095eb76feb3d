import { isSet } from "../../lib/isSet";
import { stackRule } from "../../lib/rule";
import { linkedSubnets, publicBecause } from "../../lib/subnets";

export const vpcPrivateSubnets = stackRule({
  name: "vpc-private-subnets",
  title: "Functions run in private subnets of several zones",
  why: "A function in a public subnet gets no public address and so no internet either; in one zone it fails with it.",
  cure: "Name private subnets (no route to an internet gateway, no public addresses) of at least two zones in `vpcConfig.subnetIds`.",
  severity: "medium",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html",
  controls: ["Lambda.5"],
  types: ["aws:lambda/function:Function"],
  limits: { minZones: 2 },
  check(fn, { limits: { minZones }, stack }) {
    if (!isSet(fn.props, "vpcConfig")) return undefined;
    const subnets = linkedSubnets(fn, stack);
    if (subnets.length === 0) {
      // Subnets of other stacks are known only by their number; each is in one zone.
      const { length } = fn.props.vpcConfig?.subnetIds ?? [];
      return length < minZones
        ? { found: `${length} subnets`, allowed: `at least ${minZones}`, warning: true }
        : undefined;
    }
    const zones = new Set(subnets.map(({ props }) => props.availabilityZone));
    return [
      ...subnets.flatMap((subnet) => {
        const because = publicBecause(subnet, stack);
        return because === undefined
          ? []
          : [{ found: `subnet ${subnet.name} ${because}`, allowed: "private subnets" }];
      }),
      ...(zones.size < minZones
        ? [
            {
              found: `subnets of the stack in ${zones.size} zones`,
              allowed: `at least ${minZones}`,
              warning: true,
            },
          ]
        : []),
    ];
  },
});
