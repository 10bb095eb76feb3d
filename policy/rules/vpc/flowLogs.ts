import { stackRule } from "../../lib/rule";

export const vpcFlowLogs = stackRule({
  name: "vpc-flow-logs",
  title: "A VPC logs its connections",
  why: "After an incident they are the only record of who was talked to.",
  cure: "Make a FlowLog of the VPC (setting `paddock:flowLogs`).",
  severity: "medium",
  tier: "strict",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
  controls: ["EC2.6", "CKV2_AWS_11", "AwsSolutions-VPC7"],
  types: ["aws:ec2/vpc:Vpc"],
  check(vpc, { stack }) {
    const flowLogs = stack.referring(vpc, "aws:ec2/flowLog:FlowLog", "vpcId");
    return flowLogs.length > 0 ? undefined : { found: "no flow logs", allowed: "a flow log" };
  },
});
