import { parsePolicy } from "./parsePolicy";
import type { PolicyDocument } from "./policyDocument";

const PREFIX = "arn:aws:iam::aws:policy/";

const WRITE_LOGS = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];

/**
 * AWS's own policies that functions, their callers and API Gateway usually have: actions, and the resources they are for.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  AdministratorAccess: ["*"],
  AmazonAPIGatewayInvokeFullAccess: ["execute-api:Invoke", "execute-api:ManageConnections"],
  AmazonElasticFileSystemClientReadWriteAccess: [
    "elasticfilesystem:ClientMount",
    "elasticfilesystem:ClientWrite",
    "elasticfilesystem:DescribeMountTargets",
  ],
  AmazonS3FullAccess: ["s3:*", "s3-object-lambda:*"],
  AmazonS3ReadOnlyAccess: [
    "s3:Get*",
    "s3:List*",
    "s3:Describe*",
    "s3-object-lambda:Get*",
    "s3-object-lambda:List*",
  ],
  AWSXRayDaemonWriteAccess: [
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:GetSamplingStatisticSummaries",
  ],
  "service-role/AmazonAPIGatewayPushToCloudWatchLogs": [
    ...WRITE_LOGS,
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:GetLogEvents",
    "logs:FilterLogEvents",
  ],
  "service-role/AWSLambdaBasicExecutionRole": WRITE_LOGS,
  "service-role/AWSLambdaRole": ["lambda:InvokeFunction"],
  "service-role/AWSLambdaVPCAccessExecutionRole": [
    ...WRITE_LOGS,
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
  ],
};

/** The document of one of AWS's own policies; `undefined` for other ARNs. @throws Error  One of AWS's that is not here. */
export function awsManagedPolicy(arn: string): PolicyDocument | undefined {
  if (!arn.startsWith(PREFIX)) return undefined;
  const name = arn.slice(PREFIX.length);
  const actions = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (actions === undefined) {
    throw new Error(
      `the local cloud does not have AWS's policy ${name}: write a policy with the actions that are used`,
    );
  }
  return parsePolicy(
    { Version: "2012-10-17", Statement: { Effect: "Allow", Action: actions, Resource: "*" } },
    "identity",
  );
}
