import { stackRule } from "../../lib/rule";

const ASSOCIATION = "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation";

export const vpcS3Endpoint = stackRule({
  name: "vpc-s3-endpoint",
  title: "A VPC reaches S3 without the internet",
  why: "A gateway endpoint is free; without one models come over a NAT gateway at 0.045 USD per GB, or not at all.",
  cure: "Make a VpcEndpoint of type Gateway for S3 with the route tables' ids: awsx attaches its own to none.",
  severity: "medium",
  tier: "strict",
  url: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html",
  types: ["aws:ec2/vpc:Vpc"],
  check(vpc, { stack }) {
    const endpoints = stack
      .referring(vpc, "aws:ec2/vpcEndpoint:VpcEndpoint", "vpcId")
      .filter(({ props }) => props.serviceName?.endsWith(".s3") && props.vpcEndpointType !== "Interface");
    if (endpoints.length === 0) return { found: "no gateway endpoint for S3", allowed: "a gateway endpoint" };
    const isRouted = endpoints.some(
      (endpoint) =>
        stack.references(endpoint, "aws:ec2/routeTable:RouteTable", "routeTableIds").length > 0 ||
        stack.referring(endpoint, ASSOCIATION, "vpcEndpointId").length > 0 ||
        (endpoint.props.routeTableIds?.length ?? 0) > 0,
    );
    if (isRouted) return undefined;
    return { found: "an endpoint for S3 in no route table", allowed: "the VPC's route tables" };
  },
});
