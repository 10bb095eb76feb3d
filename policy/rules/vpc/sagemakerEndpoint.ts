import { allows, grantsOf } from "../../lib/grants";
import { isSet } from "../../lib/isSet";
import { stackRule } from "../../lib/rule";
import { hasNat, linkedSubnets } from "../../lib/subnets";

export const vpcSagemakerEndpoint = stackRule({
  name: "vpc-sagemaker-endpoint",
  title: "A function in a VPC without internet reaches the SageMaker endpoint that it may invoke",
  why: "Without a way there each request waits until the function's timeout, and nothing in the logs says why.",
  cure: "Make a VpcEndpoint of type Interface for `sagemaker.runtime` in the function's VPC, with `privateDnsEnabled`, or a NAT gateway (setting `paddock:egress`).",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/sagemaker/latest/dg/interface-vpc-endpoint.html",
  types: ["aws:lambda/function:Function"],
  check(fn, { stack }) {
    if (!isSet(fn.props, "vpcConfig")) return undefined;
    const subnets = linkedSubnets(fn, stack);
    // So does one that is not of the stack, for all that is known of it here.
    if (subnets.every((subnet) => hasNat(subnet, stack))) return undefined;
    const hasEndpoint = subnets
      .flatMap((subnet) => stack.references(subnet, "aws:ec2/vpc:Vpc", "vpcId"))
      .flatMap((vpc) => stack.referring(vpc, "aws:ec2/vpcEndpoint:VpcEndpoint", "vpcId"))
      .some(
        ({ props }) =>
          props.serviceName?.endsWith(".sagemaker.runtime") &&
          props.vpcEndpointType === "Interface" &&
          props.privateDnsEnabled,
      );
    // Last, since a role's policy may be unknown in a preview.
    if (hasEndpoint || !allows(grantsOf(fn, stack), "sagemaker:InvokeEndpoint")) return undefined;
    return {
      found: "neither a NAT gateway nor an endpoint with private DNS for sagemaker.runtime",
      allowed: "one of the two",
    };
  },
});
