import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { regionalArn } from "./arns";
import type { FileSystemMount } from "./modelVolume";
import type { Grant } from "./policyDocument";

/** It holds nothing else: Lambda accepts a bucket only if the function's role can write all of it. */
export interface FailureBucket {
  readonly arn: pulumi.Input<string>;
}

/** Actions on X-Ray take no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
export const WRITE_TRACES: Grant = {
  actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  resources: ["*"],
};

/**
 * Permissions that Lambda needs from the function's role to connect it to a VPC; `Describe*` take no resource:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
export function manageNetworkInterfaces(parent: pulumi.Resource): Grant[] {
  return [
    { actions: ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"], resources: ["*"] },
    {
      actions: [
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:AssignPrivateIpAddresses",
        "ec2:UnassignPrivateIpAddresses",
      ],
      resources: [regionalArn("ec2", "*/*", { parent })],
    },
  ];
}

export function mountFileSystem({ fileSystemArn, accessPointArn, access }: FileSystemMount): Grant {
  return {
    actions: [
      "elasticfilesystem:ClientMount",
      ...(access === "write" ? ["elasticfilesystem:ClientWrite"] : []),
    ],
    resources: [fileSystemArn],
    condition: { StringEquals: { "elasticfilesystem:AccessPointArn": accessPointArn } },
  };
}

/**
 * Permissions that Lambda needs from the function's role to keep a failed event. It requires the whole bucket when the
 * destination is set; the condition names the account because a deleted bucket's name can be taken by anyone:
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function keepFailures({ arn }: FailureBucket, parent: pulumi.Resource): Grant[] {
  const condition = {
    StringEquals: { "s3:ResourceAccount": aws.getCallerIdentityOutput({}, { parent }).accountId },
  };
  return [
    { actions: ["s3:PutObject"], resources: [pulumi.interpolate`${arn}/*`], condition },
    { actions: ["s3:ListBucket"], resources: [arn], condition },
  ];
}
